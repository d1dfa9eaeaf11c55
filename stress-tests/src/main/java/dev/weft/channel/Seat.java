package dev.weft.channel;

import dev.weft.internal.park.WaitList;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.Waiter;

/// Somebody who waits for a channel, without a thread: what the blocking operations do before the
/// wait and after it. To be woken has no effect.
final class Seat {
  static final Thread NOBODY = Thread.ofPlatform().unstarted(() -> {});

  final Waiter waiter = new Waiter(NOBODY);
  final WaitNode node = waiter.node();

  private long ticket = waiter.arm();

  /// A sender that waits.
  static Seat sender(Channel<Integer> channel, Integer element) {
    Seat seat = new Seat();
    seat.node.prepare(seat.waiter, seat.ticket, BlockingOperations.TRANSFERRED, element);
    seat.join(channel, channel.senders);
    return seat;
  }

  /// A receiver that waits.
  static Seat receiver(Channel<Integer> channel) {
    Seat seat = unqueuedReceiver();
    seat.join(channel, channel.receivers);
    return seat;
  }

  /// A receiver that has come to the point where it takes the lock.
  static Seat unqueuedReceiver() {
    Seat seat = new Seat();
    seat.node.prepare(seat.waiter, seat.ticket, BlockingOperations.TRANSFERRED, null);
    return seat;
  }

  private void join(Channel<Integer> channel, WaitList queue) {
    channel.lock();
    queue.add(node);
    channel.unlock();
  }

  /// What the owner of a decided seat may do at once: send something else elsewhere.
  void sendNext(Channel<Integer> channel, Integer element) {
    node.clear();
    ticket = waiter.arm();
    node.prepare(waiter, ticket, BlockingOperations.TRANSFERRED, element);
    join(channel, channel.senders);
  }

  /// Leaves as the blocking operations do, because of an interrupt, unless a peer was faster.
  void leave(Channel<Integer> channel, WaitList queue) {
    if (waiter.decide(ticket, Waiter.INTERRUPTED)) {
      remove(channel, queue);
    }
  }

  void remove(Channel<Integer> channel, WaitList queue) {
    channel.lock();
    queue.remove(node);
    channel.unlock();
  }

  int outcome() {
    return waiter.outcome(ticket);
  }

  void awaitDecision() {
    while (outcome() == Waiter.PENDING) {
      Thread.onSpinWait();
    }
  }

  /// How it ended, for a sender.
  int sent() {
    return number(Results.SENT);
  }

  /// How it ended, for a receiver.
  int received() {
    return outcome() == BlockingOperations.TRANSFERRED
        ? Results.element(node.element())
        : number(Results.WRONG);
  }

  private int number(int transferred) {
    return switch (outcome()) {
      case Waiter.PENDING -> Results.NOTHING;
      case Waiter.TIMED_OUT -> Results.TIMED_OUT;
      case Waiter.INTERRUPTED -> Results.INTERRUPTED;
      case BlockingOperations.TRANSFERRED -> transferred;
      case BlockingOperations.CLOSED -> Results.CLOSED;
      default -> Results.WRONG;
    };
  }
}
