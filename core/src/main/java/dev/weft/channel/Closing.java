package dev.weft.channel;

import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WakeList;

/// Closing a channel: Go's `closechan`.
final class Closing {

  private Closing() {}

  /// Closes the channel, and tells all who wait.
  ///
  /// All waiters are taken off the queues and decided in the critical section that sets the flag
  /// (CH-18), and woken after it, in Go's order (CH-17).
  ///
  /// @return false when the channel was closed already
  static boolean close(Channel<?> channel) {
    if (channel.nil) {
      throw new IllegalStateException(
          "close of nil channel: it stands for no channel; close the one it was put in place of");
    }
    Timing.refuse(channel, "close of");
    StackProbe.ensureMany(channel.anyNumber());
    int waiting = waiting(channel);
    for (; ; ) {
      WakeList released = WakeList.withRoomFor(waiting);
      channel.lock();
      if (channel.isClosed()) {
        channel.unlock();
        return false;
      }
      waiting = waiting(channel);
      if (released.fits(waiting)) {
        channel.markClosed();
        released.decideAll(channel.receivers, 1);
        released.decideAll(channel.senders, 1);
        channel.unlock();
        released.wakeInReverse();
        return true;
      }
      channel.unlock();
    }
  }

  private static int waiting(Channel<?> channel) {
    return channel.receivers.size() + channel.senders.size();
  }
}
