package dev.weft.channel;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitList;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sending and receiving when it may come to waiting: the slow paths of [Channel].
///
/// All begin alike. The stack is probed and the waiter prepared before the lock is taken, so that
/// nothing under it allocates or overflows. Then the operation is tried under the lock, and if it
/// cannot be done the waiter is queued in the same critical section: whoever comes later finds it.
final class BlockingOperations {

  /// Codes of a decision by a peer: the transfer has happened, or the channel was closed.
  static final int TRANSFERRED = Waiter.FIRST_PEER_CODE;

  static final int CLOSED = TRANSFERRED + 1;

  /// The deadline that never comes.
  static final long NEVER = Long.MAX_VALUE;

  private BlockingOperations() {}

  /// Sends, before the deadline.
  ///
  /// @return false when the deadline passed first
  static boolean send(Channel<?> channel, Object element, long deadline)
      throws InterruptedException {
    StackProbe.ensureMany(channel.anyNumber());
    Timing.refuse(channel, "send on");
    if (channel.canSend() && sendAtOnce(channel, element)) {
      return true;
    }
    Runtime runtime = Runtime.get();
    Waiter waiter = runtime.waiter();
    WaitNode node = waiter.node();
    long ticket = waiter.arm();
    waiter.timeOutAt(ticket, deadline);
    if (channel.nil) {
      return awaitNil(waiter, ticket, WaitReason.CHAN_SEND_NIL, channel);
    }
    node.prepare(waiter, ticket, TRANSFERRED, element);
    channel.lock();
    if (channel.isClosed()) {
      channel.unlock();
      forget(waiter);
      throw ChannelClosedException.send(channel);
    }
    if (channel.offer(element)) {
      Waiter receiver = channel.takeToWake();
      channel.unlock();
      forget(waiter);
      wake(receiver);
      return true;
    }
    channel.senders.add(node);
    channel.unlock();
    int outcome = await(waiter, ticket, WaitReason.CHAN_SEND, channel, channel.senders);
    node.clear();
    return switch (outcome) {
      case TRANSFERRED -> true;
      case CLOSED -> throw ChannelClosedException.send(channel);
      case Waiter.TIMED_OUT -> false;
      default -> throw interrupted("send to", channel);
    };
  }

  /// Sends without waiting.
  ///
  /// @return whether it was done
  static boolean sendAtOnce(Channel<?> channel, Object element) {
    Timing.refuse(channel, "send on");
    channel.lock();
    if (channel.isClosed()) {
      channel.unlock();
      throw ChannelClosedException.send(channel);
    }
    boolean sent = channel.offer(element);
    Waiter receiver = channel.takeToWake();
    channel.unlock();
    wake(receiver);
    return sent;
  }

  /// Receives, before the deadline.
  ///
  /// @return the element, or [Ending#CLOSED], or [Ending#NOTHING] when the deadline passed first
  static Object receive(Channel<?> channel, long deadline) throws InterruptedException {
    StackProbe.ensureMany(channel.anyNumber());
    Timing timing = channel.timing;
    if (timing != null) {
      timing.settle();
    }
    if (channel.canReceive()) {
      Object received = receiveAtOnce(channel);
      if (received != Ending.NOTHING) {
        return received;
      }
    }
    Runtime runtime = Runtime.get();
    Waiter waiter = runtime.waiter();
    WaitNode node = waiter.node();
    long ticket = waiter.arm();
    waiter.timeOutAt(ticket, deadline);
    if (channel.nil) {
      awaitNil(waiter, ticket, WaitReason.CHAN_RECEIVE_NIL, channel);
      return Ending.NOTHING;
    }
    node.prepare(waiter, ticket, TRANSFERRED, null);
    channel.lock();
    Object element = channel.poll();
    if (element != null || channel.isClosed()) {
      Waiter sender = channel.takeToWake();
      channel.unlock();
      forget(waiter);
      wake(sender);
      return element == null ? Ending.CLOSED : element;
    }
    channel.receivers.add(node);
    if (timing != null) {
      timing.join(waiter);
    }
    channel.unlock();
    int outcome = await(waiter, ticket, WaitReason.CHAN_RECEIVE, channel, channel.receivers);
    Object received = node.element();
    node.clear();
    return switch (outcome) {
      case TRANSFERRED -> Objects.requireNonNull(received);
      case CLOSED -> Ending.CLOSED;
      case Waiter.TIMED_OUT -> Ending.NOTHING;
      default -> throw interrupted("receive from", channel);
    };
  }

  /// Receives without waiting.
  ///
  /// @return the element, or [Ending#CLOSED], or [Ending#NOTHING]
  static Object receiveAtOnce(Channel<?> channel) {
    channel.lock();
    Object element = channel.poll();
    boolean closed = channel.isClosed();
    Waiter sender = channel.takeToWake();
    channel.unlock();
    wake(sender);
    if (element != null) {
      return element;
    }
    return closed ? Ending.CLOSED : Ending.NOTHING;
  }

  /// What a receive says when there is no element.
  enum Ending {
    CLOSED,
    NOTHING
  }

  /// Waits for the decision, and sees to it that the waiter is in no queue afterwards.
  private static int await(
      Waiter waiter, long ticket, WaitReason reason, Channel<?> channel, WaitList queue) {
    Timing timing = channel.timing;
    int outcome = Waiter.PENDING;
    try {
      outcome =
          timing == null
              ? waiter.await(ticket, reason, channel)
              : waiter.await(ticket, reason, channel, timing);
    } finally {
      if (outcome < TRANSFERRED) { // nobody has taken it off the queue; PENDING: await has thrown
        channel.lock();
        queue.remove(waiter.node());
        channel.unlock();
        waiter.node().clear(); // whoever gets an exception does not come to it
      }
      if (timing != null) {
        timing.leave(waiter);
      }
    }
    return outcome;
  }

  /// Waits on the nil channel: for an interrupt or the deadline.
  ///
  /// @return false: the deadline has passed
  static boolean awaitNil(Waiter waiter, long ticket, WaitReason reason, Object blocker)
      throws InterruptedException {
    if (waiter.await(ticket, reason, blocker) == Waiter.INTERRUPTED) {
      throw new InterruptedException(reason.text() + " was interrupted");
    }
    return false;
  }

  private static void forget(Waiter waiter) {
    waiter.node().clear();
    waiter.cancelTimeOut();
  }

  static void wake(@Nullable Waiter waiter) {
    if (waiter != null) {
      waiter.wake();
    }
  }

  private static InterruptedException interrupted(String what, Channel<?> channel) {
    return new InterruptedException(what + " " + channel + " was interrupted");
  }

  /// Throws if the calling thread is interrupted, as every blocking call does on entry.
  static void checkInterrupt() throws InterruptedException {
    if (Thread.currentThread().isInterrupted() && Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to a channel");
    }
  }
}
