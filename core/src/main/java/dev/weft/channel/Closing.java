package dev.weft.channel;

import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitList;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// Closing a channel: Go's `closechan`.
final class Closing {

  private Closing() {}

  /// Closes the channel, and tells all who wait.
  ///
  /// All waiters are taken off the queues and decided in the critical section that sets the flag
  /// (CH-18), and woken after it, in Go's order (CH-17). A decided waiter may be back in another
  /// queue before it is woken, so they cannot be kept in a list of their own entries; they are put
  /// into an array, which must be there before the lock is taken.
  ///
  /// @return false when the channel was closed already
  static boolean close(Channel<?> channel) {
    if (channel.nil) {
      throw new IllegalStateException(
          "close of nil channel: it stands for no channel; close the one it was put in place of");
    }
    StackProbe.ensureMany(channel.anyNumber());
    int waiting = channel.receivers.size() + channel.senders.size();
    for (; ; ) {
      @Nullable Waiter[] decided = new @Nullable Waiter[waiting];
      channel.lock();
      if (channel.isClosed()) {
        channel.unlock();
        return false;
      }
      waiting = channel.receivers.size() + channel.senders.size();
      if (waiting <= decided.length) {
        channel.markClosed();
        int receivers = decide(channel.receivers, decided, 0);
        int all = decide(channel.senders, decided, receivers);
        channel.unlock();
        wake(decided, all);
        return true;
      }
      channel.unlock();
      waiting += waiting >> 2;
    }
  }

  private static int decide(WaitList queue, @Nullable Waiter[] decided, int from) {
    int n = from;
    WaitNode node;
    while ((node = queue.poll()) != null) {
      Waiter waiter = node.waiter();
      if (node.decide(1)) {
        decided[n++] = waiter;
      }
    }
    return n;
  }

  /// The last of them first: then the first receiver is the one that runs next. If waking one
  /// fails, for want of memory, say, the others are woken all the same.
  private static void wake(@Nullable Waiter[] decided, int count) {
    Throwable failure = null;
    for (int i = count - 1; i >= 0; i--) {
      try {
        BlockingOperations.wake(decided[i]);
      } catch (Throwable failed) {
        failure = failure == null ? failed : failure;
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
  }
}
