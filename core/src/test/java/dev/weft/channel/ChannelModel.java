package dev.weft.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What channels and selects do, one operation after the other: the rules of Go, without threads,
/// locks or cleverness.
final class ChannelModel {

  /// One channel.
  static final class Chan {
    final int capacity;
    final Deque<Integer> buffer = new ArrayDeque<>();
    final Deque<Entry> receivers = new ArrayDeque<>();
    final Deque<Entry> senders = new ArrayDeque<>();
    boolean closed;

    Chan(int capacity) {
      this.capacity = capacity;
    }
  }

  /// A case of an operation; a plain send or receive is an operation with one.
  ///
  /// @param element what it sends, or null if it receives
  record Case(Chan channel, @Nullable Integer element) {
    boolean sends() {
      return element != null;
    }
  }

  /// A case in a queue.
  record Entry(Op op, Case its) {}

  /// How an operation ended.
  ///
  /// @param chosen the case, or null if there was none
  /// @param element what was received, or null
  /// @param end what else there is to say
  record Result(@Nullable Case chosen, @Nullable Integer element, End end) {}

  enum End {
    DONE,
    CLOSED,
    NOTHING,
    INTERRUPTED
  }

  /// An operation.
  static final class Op {
    final List<Case> cases;
    @Nullable Result result;

    Op(List<Case> cases) {
      this.cases = cases;
    }
  }

  /// Operations that a step has brought to their end, besides the one of the step.
  private final List<Op> ended = new ArrayList<>();

  /// The cases that could be carried out now. Which of them it is the model cannot know.
  static List<Case> ready(List<Case> cases) {
    return cases.stream().filter(ChannelModel::isReady).toList();
  }

  private static boolean isReady(Case its) {
    Chan ch = its.channel;
    return ch.closed
        || (its.sends()
            ? !ch.receivers.isEmpty() || ch.buffer.size() < ch.capacity
            : !ch.senders.isEmpty() || !ch.buffer.isEmpty());
  }

  /// Carries out a case that is ready.
  Result perform(Case its) {
    Chan ch = its.channel;
    if (its.element != null) {
      if (ch.closed) {
        return new Result(its, null, End.CLOSED);
      }
      if (ch.receivers.isEmpty()) {
        ch.buffer.add(its.element);
      } else {
        end(ch.receivers.remove(), its.element, End.DONE);
      }
      return new Result(its, null, End.DONE);
    }
    Integer element = ch.buffer.poll();
    Entry sender = ch.senders.peek();
    if (sender != null) {
      Integer offered = sender.its.element;
      end(ch.senders.remove(), null, End.DONE);
      if (element == null) {
        element = offered;
      } else if (offered != null) {
        ch.buffer.add(offered);
      }
    }
    return new Result(its, element, element == null ? End.CLOSED : End.DONE);
  }

  /// Puts an operation of which nothing is ready into the queues.
  static void block(Op op) {
    for (Case its : op.cases) {
      (its.sends() ? its.channel.senders : its.channel.receivers).add(new Entry(op, its));
    }
  }

  /// Closes it.
  ///
  /// @return false if it was closed
  boolean close(Chan ch) {
    if (ch.closed) {
      return false;
    }
    ch.closed = true;
    while (!ch.receivers.isEmpty()) {
      end(ch.receivers.remove(), null, End.CLOSED);
    }
    while (!ch.senders.isEmpty()) {
      end(ch.senders.remove(), null, End.CLOSED);
    }
    return true;
  }

  /// Ends an operation that waits.
  void interrupt(Op op) {
    leave(op);
    op.result = new Result(null, null, End.INTERRUPTED);
    ended.add(op);
  }

  private void end(Entry entry, @Nullable Integer element, End end) {
    leave(entry.op);
    entry.op.result = new Result(entry.its, element, end);
    ended.add(entry.op);
  }

  private static void leave(Op op) {
    for (Case its : op.cases) {
      its.channel.receivers.removeIf(entry -> entry.op == op);
      its.channel.senders.removeIf(entry -> entry.op == op);
    }
  }

  /// The operations that ended since the last call.
  List<Op> takeEnded() {
    List<Op> list = List.copyOf(ended);
    ended.clear();
    return list;
  }
}
