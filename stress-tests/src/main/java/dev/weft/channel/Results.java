package dev.weft.channel;

import dev.weft.channel.BlockingOperations.Ending;
import org.jspecify.annotations.Nullable;

/// Operations on channels of integers, with a number as their result, also where they throw.
/// Elements are positive.
final class Results {
  /// Nothing there, no room, or still waiting.
  static final int NOTHING = 0;

  static final int SENT = 1;
  static final int CLOSED = -1;
  static final int INTERRUPTED = -2;
  static final int TIMED_OUT = -3;

  /// What must never be.
  static final int WRONG = 99;

  private Results() {}

  /// Sends without waiting, and without a look before the lock is taken.
  static int send(Channel<Integer> channel, Integer element) {
    try {
      return BlockingOperations.sendAtOnce(channel, element) ? SENT : NOTHING;
    } catch (ChannelClosedException closed) {
      return CLOSED;
    }
  }

  /// Receives without waiting, and without a look before the lock is taken.
  static int receive(Channel<Integer> channel) {
    return number(BlockingOperations.receiveAtOnce(channel));
  }

  /// Sends, waiting if it must.
  static int sendOrWait(Channel<Integer> channel, Integer element) {
    try {
      channel.send(element);
      return SENT;
    } catch (ChannelClosedException closed) {
      return CLOSED;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /// Receives, waiting if it must.
  static int receiveOrWait(Channel<Integer> channel) {
    try {
      return number(channel.receiveOk());
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /// The index of the case that a select of two cases has chosen; CLOSED if it threw because of a
  /// send case.
  static int select(SelectCase a, SelectCase b) {
    try {
      return Select.select(a, b);
    } catch (ChannelClosedException closed) {
      return CLOSED;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /// The element, or what there was in its place.
  static int number(Object received) {
    if (received instanceof Ending ending) {
      return ending == Ending.CLOSED ? CLOSED : NOTHING;
    }
    return (Integer) received;
  }

  /// The same for what users see.
  static int number(Received<Integer> received) {
    return received.isClosed() ? CLOSED : received.isEmpty() ? NOTHING : element(received.value());
  }

  /// The element of a queue entry, which must be there.
  static int element(@Nullable Object element) {
    return element == null ? WRONG : (Integer) element;
  }
}
