package dev.weft.channel;

import dev.weft.internal.park.WaitList;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// The cases of one select and their channels: locking them, standing in their queues, leaving.
///
/// All methods take the first case in lock order; cases of one channel stand next to each other.
final class CaseQueues {

  /// Codes of decisions: two for each case, the second for a closed channel.
  private static final int FIRST_CODE = Waiter.FIRST_PEER_CODE;

  private CaseQueues() {}

  /// Locks all channels, each once.
  static void lockAll(SelectCase locked) {
    ChannelCore last = null;
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      if (c.channel != last) {
        last = c.channel;
        last.lock();
      }
    }
  }

  static void unlockAll(SelectCase locked) {
    ChannelCore last = null;
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      if (c.channel != last) {
        last = c.channel;
        last.unlock();
      }
    }
  }

  /// Puts an entry for each case into its queue. With all locks held.
  static void enqueueAll(SelectCase locked, Waiter waiter, long ticket) {
    SelectCase group = locked;
    while (group != null) {
      SelectCase next = group.nextLocked;
      if (next == null || next.channel != group.channel) {
        enqueue(group, waiter, ticket);
        group = next;
      } else {
        group = enqueueGroup(group, waiter, ticket);
      }
    }
  }

  /// Cases of one channel: in each of its two queues, which of them stands first is drawn.
  ///
  /// @return the first case of the next channel
  private static @Nullable SelectCase enqueueGroup(SelectCase group, Waiter waiter, long ticket) {
    ChannelCore channel = group.channel;
    SelectCase firstReceive = drawFirst(group, channel.receivers);
    SelectCase firstSend = drawFirst(group, channel.senders);
    if (firstReceive != null) {
      enqueue(firstReceive, waiter, ticket);
    }
    if (firstSend != null) {
      enqueue(firstSend, waiter, ticket);
    }
    SelectCase c = group;
    for (; c != null && c.channel == channel; c = c.nextLocked) {
      if (c != firstReceive && c != firstSend) {
        enqueue(c, waiter, ticket);
      }
    }
    return c;
  }

  @SuppressWarnings("ReferenceEquality") // a queue is itself
  private static @Nullable SelectCase drawFirst(SelectCase group, WaitList queue) {
    SelectCase drawn = null;
    int seen = 0;
    for (SelectCase c = group; c != null && c.channel == group.channel; c = c.nextLocked) {
      if (c.queue() == queue && group.random(++seen) == 0) {
        drawn = c;
      }
    }
    return drawn;
  }

  private static void enqueue(SelectCase selectCase, Waiter waiter, long ticket) {
    selectCase.node.prepare(
        waiter, ticket, FIRST_CODE + 2 * selectCase.index, selectCase.offered());
    selectCase.queue().add(selectCase.node);
  }

  /// The case that a peer has chosen, or null if the outcome is not a peer's.
  static @Nullable SelectCase chosenBy(SelectCase locked, int outcome) {
    if (outcome < FIRST_CODE) {
      return null;
    }
    int index = (outcome - FIRST_CODE) >> 1;
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      if (c.index == index) {
        return c;
      }
    }
    throw new AssertionError("a peer chose case " + index + ", which is not in the select");
  }

  /// Whether the peer that decided closed the channel.
  static boolean isByClose(int outcome) {
    return ((outcome - FIRST_CODE) & 1) != 0;
  }

  /// Takes the entries that are left out of the queues; the one of the chosen case is not. With no
  /// lock held.
  static void dequeueAll(SelectCase locked, @Nullable SelectCase chosen) {
    SelectCase group = locked;
    while (group != null) {
      ChannelCore channel = group.channel;
      SelectCase next = group.nextLocked;
      boolean single = next == null || next.channel != channel;
      if (single && group == chosen) {
        group = next;
        continue;
      }
      channel.lock();
      SelectCase c = group;
      for (; c != null && c.channel == channel; c = c.nextLocked) {
        c.queue().remove(c.node);
      }
      channel.unlock();
      group = c;
    }
  }

  /// Forgets what the entries refer to, after the wait.
  static void clearAll(SelectCase locked) {
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      c.node.clear();
    }
  }
}
