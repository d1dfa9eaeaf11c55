package dev.weft.time;

import dev.weft.internal.park.Alarm;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.TickClock;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerThread;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The clock of the system, and of the runtime.
final class SystemClock extends Clock {

  static final SystemClock INSTANCE = new SystemClock();

  private final TickClock ticks = new Ticks();

  private SystemClock() {}

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return TimeSource.now();
  }

  @Override
  void sleepUntil(long deadline) throws InterruptedException {
    StackProbe.ensureMany(System.nanoTime());
    Waiter waiter = Runtime.get().waiter();
    if (waiter.awaitUntil(waiter.arm(), WaitReason.SLEEP, this, deadline) == Waiter.INTERRUPTED) {
      throw new InterruptedException("sleep was interrupted");
    }
  }

  @Override
  TickClock ticks() {
    return ticks;
  }

  @Override
  void add(TimerNode node) {
    TimerThread.get().add(node, Runtime.get().processorHint());
  }

  @Override
  public String toString() {
    return "Clock[system]";
  }

  private static final class Ticks implements TickClock {

    @Override
    public long nanoTime() {
      return TimeSource.now();
    }

    /// By the time of day now, less what has passed since (TMR-3).
    @Override
    public Instant instantAt(long nanos) {
      return Instant.now().minusNanos(TimeSource.now() - nanos);
    }

    @Override
    public @Nullable Alarm wakeAt(Waiter waiter, long deadline) {
      return Runtime.get().wakeAt(waiter, deadline);
    }
  }
}
