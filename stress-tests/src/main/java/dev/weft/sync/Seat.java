package dev.weft.sync;

import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.Waiter;

/// Somebody who waits, without a thread: what the blocking operations do before the wait and after
/// it. To be woken has no effect.
final class Seat {
  private static final Thread NOBODY = Thread.ofPlatform().unstarted(() -> {});

  /// What peers decide with; the second one is a mutex that is handed over.
  static final int CODE = Waiter.FIRST_PEER_CODE;

  final Waiter waiter = new Waiter(NOBODY);
  final WaitNode node = waiter.node();
  private final long ticket = waiter.arm();

  Seat() {
    node.prepare(waiter, ticket, CODE, null);
  }

  /// The code of the decision, or [Waiter#PENDING].
  int outcome() {
    return waiter.outcome(ticket);
  }

  boolean isPending() {
    return outcome() == Waiter.PENDING;
  }

  /// Times out, unless a peer was faster; the caller then leaves the queue.
  boolean timesOut() {
    return waiter.decide(ticket, Waiter.TIMED_OUT);
  }
}
