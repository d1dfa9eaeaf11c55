package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: what was put is given to one (POOL-6).
///
/// Results: how many have got the value, and whether it is still there.
public final class PoolExactlyOnceStress {
  private static final Object VALUE = new Object();

  private PoolExactlyOnceStress() {}

  private static int got(Object taken) {
    return taken == null ? 0 : 1;
  }

  /// The slot.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One has it.")
  @Outcome(expect = FORBIDDEN, desc = "Both have it, or nobody has.")
  @State
  public static class Slot {
    private final PoolShard shard = new PoolShard();

    public Slot() {
      shard.putIntoSlot(VALUE);
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = got(shard.takeFromSlot());
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = got(shard.takeFromSlot());
    }
  }

  /// Both put into one slot. Results: who has succeeded.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One is in.")
  @Outcome(expect = FORBIDDEN, desc = "Both think so, or nobody.")
  @State
  public static class SlotFilled {
    private final PoolShard shard = new PoolShard();

    @Actor
    public void first(II_Result r) {
      r.r1 = shard.putIntoSlot("first") ? 1 : 0;
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = shard.putIntoSlot("second") ? 1 : 0;
    }
  }

  /// The last one of the deque, from both ends. Who finds the other one at it gets nothing.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One has it.")
  @Outcome(expect = FORBIDDEN, desc = "Both have it, or nobody has.")
  @State
  public static class Deque {
    private final PoolShard shard = new PoolShard();

    public Deque() {
      shard.push(VALUE);
    }

    @Actor
    public void owner(II_Result r) {
      r.r1 = got(shard.popNewest());
    }

    @Actor
    public void thief(II_Result r) {
      r.r2 = got(shard.pollOldest());
    }
  }

  /// One puts, one takes: the value is with the taker, or there. Results: taken, and left.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "It is in one place.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Not put: the taker was at the deque.")
  @Outcome(expect = FORBIDDEN, desc = "It is in two places.")
  @State
  public static class PutAndTake {
    private final PoolShard shard = new PoolShard();

    @Actor
    public void owner() {
      shard.push(VALUE);
    }

    @Actor
    public void thief(II_Result r) {
      r.r1 = got(shard.pollOldest());
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = got(shard.popNewest());
    }
  }

  /// Looks at the slot and empties it, in two steps.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One has it.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "Both have it.")
  @State
  public static class BrokenLookThenEmpty {
    private volatile Object slot = VALUE;

    private int take() {
      Object taken = slot;
      slot = null;
      return got(taken);
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = take();
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = take();
    }
  }
}
