package dev.weft.channel;

import static java.util.Objects.requireNonNull;

import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// A select with two cases that waits without a thread: what Selection does before the wait and
/// after it. To be woken has no effect.
final class SelectSeat {
  static final int NONE = Selection.NONE;

  private final SelectCase locked;
  private final Waiter waiter = new Waiter(Seat.NOBODY);
  private final long ticket = waiter.arm();
  private @Nullable SelectCase performed;

  SelectSeat(SelectCase first, SelectCase second) {
    SelectCase listed = CaseList.of(2, first, second, null, null, null, null);
    locked = requireNonNull(CaseList.inLockOrder(listed));
  }

  /// Carries out the first case in lock order that is ready, with all locks held.
  boolean perform() {
    CaseQueues.lockAll(locked);
    for (SelectCase c = locked; c != null && performed == null; c = c.nextLocked) {
      if (c.isReady() && c.perform()) {
        c.channel.takeToWake();
        performed = c;
      }
    }
    CaseQueues.unlockAll(locked);
    return performed != null;
  }

  /// Queues all cases, without a look at the channels.
  void queue() {
    CaseQueues.lockAll(locked);
    CaseQueues.enqueueAll(locked, waiter, ticket);
    CaseQueues.unlockAll(locked);
  }

  /// The index of the case that was carried out, or NONE if it still waits.
  int finish() {
    if (performed != null) {
      return performed.index;
    }
    int outcome = waiter.outcome(ticket);
    SelectCase chosen = CaseQueues.chosenBy(locked, outcome);
    CaseQueues.dequeueAll(locked, chosen);
    if (chosen == null) {
      return NONE;
    }
    chosen.complete(CaseQueues.isByClose(outcome));
    return chosen.index;
  }
}
