package dev.weft.channel;

import dev.weft.internal.park.Tending;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// The timers among the cases of one select that has to wait; see [Timing]. Made before any lock is
/// taken.
final class CaseTimers implements Tending {

  private final SelectCase locked;
  private final boolean several;

  private CaseTimers(SelectCase locked, boolean several) {
    this.locked = locked;
    this.several = several;
  }

  /// Those of the cases, or null if there are none.
  ///
  /// @param locked the first of the cases in lock order
  static @Nullable CaseTimers of(SelectCase locked) {
    int timers = 0;
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      if (c.channel.timing != null) {
        timers++;
      }
    }
    return timers == 0 ? null : new CaseTimers(locked, timers > 1);
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
    if (several) {
      settleInTurn(waiter);
    }
    long next = BlockingOperations.NEVER;
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      Timing timing = c.channel.timing;
      if (timing != null) {
        next = Math.min(next, timing.tend(waiter));
      }
    }
    return next;
  }

  /// If the time of more than one has come before the thread looks, the one that was due first
  /// comes first, as in Go. Each has one turn at most: a ticker may be due again at once.
  private void settleInTurn(Waiter waiter) {
    for (SelectCase turn = locked; turn != null; turn = turn.nextLocked) {
      Timing first = firstDue(waiter);
      if (first == null) {
        return;
      }
      first.settle();
    }
  }

  private @Nullable Timing firstDue(Waiter waiter) {
    Timing first = null;
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      Timing timing = c.channel.timing;
      if (timing != null && timing.isDue(waiter) && (first == null || timing.isBefore(first))) {
        first = timing;
      }
    }
    return first;
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
