package dev.weft.time;

import dev.weft.internal.park.TickClock;
import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What timers, tickers and sleep go by: the system's time, or in tests a [FakeClock].
///
/// Code that is to be tested takes a clock and hands it to [Timer#make(Clock, Duration)] and the
/// like; production code gives it [#system()]. There are no other clocks: to keep the time for
/// others is more than to tell it.
///
/// It has two faces, as time has in Go. [#instant()] is the time of day, which somebody may set.
/// [#nanoTime()] only goes forward; whatever waits goes by that one.
public abstract sealed class Clock implements InstantSource permits SystemClock, FakeClock {

  Clock() {}

  /// {@return the clock of the system}
  public static Clock system() {
    Linkage.prepare();
    return SystemClock.INSTANCE;
  }

  /// {@return the time of day}
  @Override
  public abstract Instant instant();

  /// {@return nanoseconds since some fixed moment} Positive, and never decreases.
  public abstract long nanoTime();

  /// Waits: `time.Sleep(d)`.
  ///
  /// Never returns before the time has passed (TMR-1).
  ///
  /// @param duration how long; zero or less does not wait; longer than 292 years is for ever
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public final void sleep(Duration duration) throws InterruptedException {
    long nanos = nanos(duration);
    if (Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to sleep");
    }
    if (nanos > 0) {
      sleepUntil(TimeSource.deadlineAfter(nanoTime(), nanos));
    }
  }

  /// Waits until an instant of [#nanoTime()].
  abstract void sleepUntil(long deadline) throws InterruptedException;

  /// The same clock as channels see it.
  abstract TickClock ticks();

  /// Fires the node when it is due. Its firing may start a thread.
  abstract void add(TimerNode node);

  /// When it is so much later than now.
  final long after(Duration duration) {
    return TimeSource.deadlineAfter(nanoTime(), nanos(duration));
  }

  /// The duration in nanoseconds, saturated.
  static long nanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(duration, "duration"));
  }
}
