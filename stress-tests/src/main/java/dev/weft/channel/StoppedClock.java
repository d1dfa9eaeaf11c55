package dev.weft.channel;

import dev.weft.internal.park.Alarm;
import dev.weft.internal.park.TickClock;
import dev.weft.internal.park.TimerCore;
import dev.weft.internal.park.Waiter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A clock that always shows the same instant, and the timers by it.
final class StoppedClock implements TickClock {
  static final long NOW = 100;

  private StoppedClock() {}

  /// A timer with a channel that is due at an instant.
  static Timing timerFor(long due) {
    Channel.make(); // whoever makes the first channel prepares for timers too
    Timing timing = (Timing) TimerCore.withChannel(new StoppedClock());
    timing.set(due, 0);
    return timing;
  }

  /// What a receive finds: the instant at which its timer was due, or 0.
  static int receive(Timing timing) {
    Received<?> received = ((Channel<?>) timing.channel()).tryReceive();
    return received.ok() && received.value() instanceof Instant value
        ? (int) value.getEpochSecond()
        : 0;
  }

  @Override
  public long nanoTime() {
    return NOW;
  }

  @Override
  public Instant instantAt(long nanos) {
    return Instant.ofEpochSecond(nanos);
  }

  @Override
  public @Nullable Alarm wakeAt(Waiter waiter, long deadline) {
    return null;
  }
}
