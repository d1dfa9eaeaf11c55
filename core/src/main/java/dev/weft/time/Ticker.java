package dev.weft.time;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.internal.park.TimerCore;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// An event at regular intervals: `time.Ticker`, with the rules of Go 1.23.
///
/// ```java
/// Ticker ticker = Ticker.make(Duration.ofSeconds(1));    // time.NewTicker(time.Second)
/// for (Instant tick : ticker.channel()) { ... }          // for tick := range ticker.C
/// ```
///
/// Its channel holds one tick at most: for a receiver that is late the others are dropped, and the
/// next one comes in phase again, without a burst (TMR-16). The value is the time at which the tick
/// was due. As with a [Timer], it costs nothing while nobody waits, and need not be stopped to be
/// collected; the channel is never closed.
///
/// Any number of threads may use one ticker at the same time. No parameter may be null.
public final class Ticker {

  private final Clock clock;
  private final TimerCore core;

  private Ticker(Clock clock, TimerCore core) {
    this.clock = clock;
    this.core = core;
  }

  /// Makes a ticker: `time.NewTicker(d)`. The first tick comes after one interval.
  ///
  /// @param interval the time between two ticks
  /// @return the running ticker
  /// @throws IllegalArgumentException if the interval is zero or less
  public static Ticker make(Duration interval) {
    return make(Clock.system(), interval);
  }

  /// The same by a clock.
  ///
  /// @param clock what it goes by
  /// @param interval the time between two ticks
  /// @return the running ticker
  /// @throws IllegalArgumentException if the interval is zero or less
  public static Ticker make(Clock clock, Duration interval) {
    Objects.requireNonNull(clock, "clock");
    long period = period(interval, "NewTicker");
    Ticker ticker = new Ticker(clock, TimerCore.withChannel(clock.ticks()));
    ticker.core.set(clock.after(interval), period);
    return ticker;
  }

  /// The channel of a new ticker: `time.Tick(d)`.
  ///
  /// @param interval the time between two ticks
  /// @return its channel; the nil channel if the interval is zero or less (TMR-15)
  public static ReceiveChannel<Instant> tick(Duration interval) {
    return tick(Clock.system(), interval);
  }

  /// The same by a clock.
  ///
  /// @param clock what it goes by
  /// @param interval the time between two ticks
  /// @return its channel; the nil channel if the interval is zero or less
  public static ReceiveChannel<Instant> tick(Clock clock, Duration interval) {
    Objects.requireNonNull(clock, "clock");
    return Clock.nanos(interval) <= 0 ? Channel.nil() : make(clock, interval).channel();
  }

  /// {@return the channel on which the ticks are sent: `t.C`}
  @SuppressWarnings("unchecked") // what a ticker sends are instants
  public ReceiveChannel<Instant> channel() {
    return (ReceiveChannel<Instant>) core.channel();
  }

  /// Ends the ticks: `t.Stop()`. Does not wait. After it nothing can be received; who waits for the
  /// channel goes on waiting, until a [#reset] (TMR-17).
  public void stop() {
    core.stop();
  }

  /// Sets it anew: `t.Reset(d)`. The next tick comes one new interval from now (TMR-18).
  ///
  /// @param interval the time between two ticks
  /// @throws IllegalArgumentException if the interval is zero or less
  public void reset(Duration interval) {
    long period = period(interval, "Ticker.Reset");
    core.set(clock.after(interval), period);
  }

  private static long period(Duration interval, String whose) {
    long period = Clock.nanos(interval);
    if (period <= 0) {
      throw new IllegalArgumentException(
          "non-positive interval for " + whose + ": " + interval + "; a ticker needs a longer one");
    }
    return period;
  }
}
