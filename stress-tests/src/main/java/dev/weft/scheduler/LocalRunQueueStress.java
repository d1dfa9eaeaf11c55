package dev.weft.scheduler;

import static dev.weft.scheduler.Tally.EXACTLY_ONCE;
import static dev.weft.scheduler.Tally.LOST_OR_TWICE;
import static dev.weft.scheduler.Tally.task;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// SCH-16: the owner of a ring and its thieves run each task exactly once. Counters start shortly
/// before they wrap around.
public final class LocalRunQueueStress {
  private static final int START = Integer.MAX_VALUE - 1;

  private LocalRunQueueStress() {}

  /// The owner puts three tasks while a thief takes what it sees.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class PutVsSteal {
    private final LocalRunQueue ring = new LocalRunQueue(START);
    private final LocalRunQueue thief = new LocalRunQueue(START);
    private @Nullable Schedulable stolen;

    @Actor
    public void owner() {
      ring.offer(task(0));
      ring.offer(task(1));
      ring.offer(task(2));
    }

    @Actor
    public void thief() {
      stolen = ring.stealInto(thief);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(3).add(stolen).addAll(thief).addAll(ring).report(r);
    }
  }

  /// Tail moves before the slot is filled.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(id = LOST_OR_TWICE, expect = ACCEPTABLE_INTERESTING, desc = "an empty slot was stolen")
  @State
  public static class BrokenPutVsSteal {
    private final BrokenRing ring = new BrokenRing();
    private final BrokenRing thief = new BrokenRing();
    private @Nullable Schedulable stolen;

    @Actor
    public void owner() {
      ring.offer(task(0));
      ring.offer(task(1));
      ring.offer(task(2));
    }

    @Actor
    public void thief() {
      stolen = ring.stealInto(thief);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(3).add(stolen).addAll(thief).addAll(ring).report(r);
    }
  }

  /// Owner and thief want the same last task.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the owner has it")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the thief has it")
  @Outcome(expect = FORBIDDEN, desc = "both or nobody")
  @State
  public static class PollVsStealOfLast {
    private final LocalRunQueue ring = new LocalRunQueue(START);
    private final LocalRunQueue thief = new LocalRunQueue(START);

    public PollVsStealOfLast() {
      ring.offer(task(0));
    }

    @Actor
    public void owner(II_Result r) {
      r.r1 = ring.poll() == null ? 0 : 1;
    }

    @Actor
    public void thief(II_Result r) {
      r.r2 = ring.stealInto(thief) == null ? 0 : 1;
    }
  }

  /// Head is moved by a store.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the owner has it")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the thief has it")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "both have it")
  @State
  public static class BrokenPollVsStealOfLast {
    private final BrokenRing ring = new BrokenRing();
    private final BrokenRing thief = new BrokenRing();

    public BrokenPollVsStealOfLast() {
      ring.offer(task(0));
    }

    @Actor
    public void owner(II_Result r) {
      r.r1 = ring.poll() == null ? 0 : 1;
    }

    @Actor
    public void thief(II_Result r) {
      r.r2 = ring.stealInto(thief) == null ? 0 : 1;
    }
  }

  /// The ring is full: the owner's put moves one half, while a thief takes the same half.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class SpillVsSteal {
    private final LocalRunQueue ring = new LocalRunQueue(START);
    private final LocalRunQueue thief = new LocalRunQueue(START);
    private final GlobalRunQueue global = new GlobalRunQueue(Thread::yield);
    private @Nullable Schedulable stolen;

    public SpillVsSteal() {
      for (int i = 0; i < LocalRunQueue.SIZE; i++) {
        ring.offer(task(i));
      }
    }

    @Actor
    public void owner() {
      ring.put(task(LocalRunQueue.SIZE), global);
    }

    @Actor
    public void thief() {
      stolen = ring.stealInto(thief);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(LocalRunQueue.SIZE + 1)
          .add(stolen)
          .addAll(thief)
          .addAll(global)
          .addAll(ring)
          .report(r);
    }
  }

  /// Head is moved by a store.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(id = LOST_OR_TWICE, expect = ACCEPTABLE_INTERESTING, desc = "both took the same half")
  @State
  public static class BrokenSpillVsSteal {
    private final BrokenRing ring = new BrokenRing();
    private final BrokenRing thief = new BrokenRing();
    private Schedulable[] spilled = {};
    private @Nullable Schedulable stolen;

    public BrokenSpillVsSteal() {
      for (int i = 0; i < BrokenRing.SIZE; i++) {
        ring.offer(task(i));
      }
    }

    @Actor
    public void owner() {
      spilled = ring.put(task(BrokenRing.SIZE));
    }

    @Actor
    public void thief() {
      stolen = ring.stealInto(thief);
    }

    @Arbiter
    public void count(II_Result r) {
      Tally tally = new Tally(BrokenRing.SIZE + 1).add(stolen).addAll(thief).addAll(ring);
      for (Schedulable task : spilled) {
        tally.add(task);
      }
      tally.report(r);
    }
  }

  /// Two thieves at one ring.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class StealVsSteal {
    private final LocalRunQueue ring = new LocalRunQueue(START);
    private final LocalRunQueue thief1 = new LocalRunQueue(START);
    private final LocalRunQueue thief2 = new LocalRunQueue(START);
    private @Nullable Schedulable stolen1;
    private @Nullable Schedulable stolen2;

    public StealVsSteal() {
      for (int i = 0; i < 4; i++) {
        ring.offer(task(i));
      }
    }

    @Actor
    public void thief1() {
      stolen1 = ring.stealInto(thief1);
    }

    @Actor
    public void thief2() {
      stolen2 = ring.stealInto(thief2);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(4).add(stolen1).add(stolen2).addAll(thief1).addAll(thief2).addAll(ring).report(r);
    }
  }

  /// Head is moved by a store.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(id = LOST_OR_TWICE, expect = ACCEPTABLE_INTERESTING, desc = "both took the same tasks")
  @State
  public static class BrokenStealVsSteal {
    private final BrokenRing ring = new BrokenRing();
    private final BrokenRing thief1 = new BrokenRing();
    private final BrokenRing thief2 = new BrokenRing();
    private @Nullable Schedulable stolen1;
    private @Nullable Schedulable stolen2;

    public BrokenStealVsSteal() {
      for (int i = 0; i < 4; i++) {
        ring.offer(task(i));
      }
    }

    @Actor
    public void thief1() {
      stolen1 = ring.stealInto(thief1);
    }

    @Actor
    public void thief2() {
      stolen2 = ring.stealInto(thief2);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(4).add(stolen1).add(stolen2).addAll(thief1).addAll(thief2).addAll(ring).report(r);
    }
  }

  /// A thief is robbed of what it is just stealing.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class StealVsStealFromThief {
    private final LocalRunQueue ring = new LocalRunQueue(START);
    private final LocalRunQueue thief1 = new LocalRunQueue(START);
    private final LocalRunQueue thief2 = new LocalRunQueue(START);
    private @Nullable Schedulable stolen1;
    private @Nullable Schedulable stolen2;

    public StealVsStealFromThief() {
      for (int i = 0; i < 6; i++) {
        ring.offer(task(i));
      }
    }

    @Actor
    public void thief1() {
      stolen1 = ring.stealInto(thief1);
    }

    @Actor
    public void thief2() {
      stolen2 = thief1.stealInto(thief2);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(6).add(stolen1).add(stolen2).addAll(thief1).addAll(thief2).addAll(ring).report(r);
    }
  }

  /// The first thief moves its tail before it fills the slots.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(id = LOST_OR_TWICE, expect = ACCEPTABLE_INTERESTING, desc = "an empty slot was stolen")
  @State
  public static class BrokenStealVsStealFromThief {
    private final BrokenRing ring = new BrokenRing();
    private final BrokenRing thief1 = new BrokenRing();
    private final BrokenRing thief2 = new BrokenRing();
    private @Nullable Schedulable stolen1;
    private @Nullable Schedulable stolen2;

    public BrokenStealVsStealFromThief() {
      for (int i = 0; i < 6; i++) {
        ring.offer(task(i));
      }
    }

    @Actor
    public void thief1() {
      stolen1 = ring.stealInto(thief1);
    }

    @Actor
    public void thief2() {
      stolen2 = thief1.stealInto(thief2);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(6).add(stolen1).add(stolen2).addAll(thief1).addAll(thief2).addAll(ring).report(r);
    }
  }

  /// The owner empties the ring, clears its slots and fills one again, while a thief is at it.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class ForgetVsSteal {
    private final LocalRunQueue ring = new LocalRunQueue(START);
    private final LocalRunQueue thief = new LocalRunQueue(START);
    private @Nullable Schedulable polled;
    private @Nullable Schedulable stolen;

    public ForgetVsSteal() {
      ring.offer(task(0));
    }

    @Actor
    public void owner() {
      polled = ring.poll();
      ring.forget();
      ring.offer(task(1));
    }

    @Actor
    public void thief() {
      stolen = ring.stealInto(thief);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(2).add(polled).add(stolen).addAll(ring).report(r);
    }
  }

  /// The slots are cleared although the ring is not empty.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(id = LOST_OR_TWICE, expect = ACCEPTABLE_INTERESTING, desc = "a cleared slot was stolen")
  @State
  public static class BrokenForgetVsSteal {
    private final LocalRunQueue ring = new LocalRunQueue(START);
    private final LocalRunQueue thief = new LocalRunQueue(START);
    private @Nullable Schedulable stolen;

    public BrokenForgetVsSteal() {
      ring.offer(task(0));
    }

    @Actor
    public void owner() {
      Arrays.fill(ring.slots, null);
      ring.offer(task(1));
    }

    @Actor
    public void thief() {
      stolen = ring.stealInto(thief);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(2).add(stolen).addAll(ring).report(r);
    }
  }
}
