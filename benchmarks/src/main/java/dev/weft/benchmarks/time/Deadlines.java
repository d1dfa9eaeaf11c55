package dev.weft.benchmarks.time;

import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerShard;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;

/// A structure of deadlines, used by one thread, on a clock that the row moves on: how much of the
/// cost of a timer is the structure's.
abstract class Deadlines {
  /// How far ahead deadlines are.
  static final long SPAN = TimeUnit.MINUTES.toNanos(1);

  static Deadlines of(String backend) {
    return switch (backend) {
      case "weft" -> new OfShard();
      case "agrona" -> new OfWheel();
      default -> throw new IllegalArgumentException("this row does not run on " + backend);
    };
  }

  static long anyAfter(long now) {
    return now + ThreadLocalRandom.current().nextLong(1, SPAN);
  }

  abstract void add(long deadline);

  abstract void addAndCancel(long deadline);

  /// Fires what is due, and adds another one for each.
  ///
  /// @return how many
  abstract int fire(long now);

  /// Weft's: [TimerShard]. A node is made for each.
  private static final class OfShard extends Deadlines {
    private final TimerShard shard =
        new TimerShard(
            (node, thrown) -> {
              throw new IllegalStateException(thrown);
            });

    private final class Node extends TimerNode {
      Node(long deadline) {
        super(deadline);
      }

      @Override
      protected void fire(long now) {
        shard.add(new Node(anyAfter(now)));
      }
    }

    @Override
    void add(long deadline) {
      shard.add(new Node(deadline));
    }

    /// Whoever is told to serve does so at once: the thread that does it otherwise is this one.
    @Override
    void addAndCancel(long deadline) {
      Node node = new Node(deadline);
      if (shard.add(node)) {
        shard.runDue(0);
      }
      node.cancel();
    }

    @Override
    int fire(long now) {
      return shard.wantsService(now) ? shard.runDue(now) : 0;
    }
  }

  /// Agrona's, with as many ticks of a millisecond as the span has, so that a tick holds only what
  /// is due at it. It fires at the end of the tick, and is for one thread.
  private static final class OfWheel extends Deadlines {
    private static final int TICKS = 1 << 16;

    private final DeadlineTimerWheel wheel =
        new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, 1 << 20, TICKS);
    private int fired;

    @Override
    void add(long deadline) {
      wheel.scheduleTimer(deadline);
    }

    @Override
    void addAndCancel(long deadline) {
      wheel.cancelTimer(wheel.scheduleTimer(deadline));
    }

    @Override
    int fire(long now) {
      fired = 0;
      while (wheel.currentTickTime() <= now) { // a poll looks at one tick
        wheel.poll(now, this::again, Integer.MAX_VALUE);
      }
      return fired;
    }

    private boolean again(TimeUnit unit, long now, long timer) {
      fired++;
      wheel.scheduleTimer(anyAfter(now));
      return true;
    }
  }
}
