package dev.weft.channel;

import dev.weft.internal.park.Tending;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// The timers among the cases of one select that has to wait; see [Timing]. Made before any lock is
/// taken.
final class CaseTimers implements Tending {

  private final SelectCase locked;

  private CaseTimers(SelectCase locked) {
    this.locked = locked;
  }

  /// Those of the cases, or null if there are none.
  ///
  /// @param locked the first of the cases in lock order
  static @Nullable CaseTimers of(SelectCase locked) {
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      if (c.channel.timing != null) {
        return new CaseTimers(locked);
      }
    }
    return null;
  }

  /// Says to all that the waiter is in their queues. With all locks held.
  void join(Waiter waiter) {
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      Timing timing = c.channel.timing;
      if (timing != null) {
        timing.join(waiter);
      }
    }
  }

  /// Looks after all of them.
  @Override
  public long tend(Waiter waiter) {
    long next = BlockingOperations.NEVER;
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      Timing timing = c.channel.timing;
      if (timing != null) {
        next = Math.min(next, timing.tend(waiter));
      }
    }
    return next;
  }

  @Override
  public boolean isOutdated(Waiter waiter) {
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      Timing timing = c.channel.timing;
      if (timing != null && timing.isOutdated(waiter)) {
        return true;
      }
    }
    return false;
  }

  /// Says to all that the waiter is in none of their queues any more. With no lock held.
  void leave(Waiter waiter) {
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      Timing timing = c.channel.timing;
      if (timing != null) {
        timing.leave(waiter);
      }
    }
  }
}
