package dev.weft.scheduler;

import static dev.weft.scheduler.Tally.EXACTLY_ONCE;
import static dev.weft.scheduler.Tally.LOST_OR_TWICE;
import static dev.weft.scheduler.Tally.task;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// SCH-16 for the slot: its owner and a thief run each task exactly once.
public final class RunNextStress {
  private RunNextStress() {}

  /// Owner and thief want the same task.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the owner has it")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the thief has it")
  @Outcome(expect = FORBIDDEN, desc = "both or nobody")
  @State
  public static class TakeVsSteal {
    private final RunNext next = new RunNext();

    public TakeVsSteal() {
      next.put(task(0));
    }

    @Actor
    public void owner(II_Result r) {
      r.r1 = next.take() == null ? 0 : 1;
    }

    @Actor
    public void thief(II_Result r) {
      Schedulable seen = next.peek();
      r.r2 = seen != null && next.steal(seen) ? 1 : 0;
    }
  }

  /// The owner takes by a read and a store.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the owner has it")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the thief has it")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "both have it")
  @State
  public static class BrokenTakeVsSteal {
    private final AtomicReference<@Nullable Schedulable> slot = new AtomicReference<>(task(0));

    @Actor
    public void owner(II_Result r) {
      Schedulable seen = slot.get();
      slot.set(null);
      r.r1 = seen == null ? 0 : 1;
    }

    @Actor
    public void thief(II_Result r) {
      Schedulable seen = slot.get();
      r.r2 = seen != null && slot.compareAndSet(seen, null) ? 1 : 0;
    }
  }

  /// The owner kicks one task out by another and takes that one, while a thief takes what it sees.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class PutAndTakeVsSteal {
    private final RunNext next = new RunNext();
    private @Nullable Schedulable kicked;
    private @Nullable Schedulable taken;
    private @Nullable Schedulable stolen;

    public PutAndTakeVsSteal() {
      next.put(task(0));
    }

    @Actor
    public void owner() {
      kicked = next.put(task(1));
      taken = next.take();
    }

    @Actor
    public void thief() {
      Schedulable seen = next.peek();
      stolen = seen != null && next.steal(seen) ? seen : null;
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(2).add(kicked).add(taken).add(stolen).add(next.take()).report(r);
    }
  }

  /// The owner kicks out by a read and a store.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(id = LOST_OR_TWICE, expect = ACCEPTABLE_INTERESTING, desc = "kicked out and stolen")
  @State
  public static class BrokenPutAndTakeVsSteal {
    private final AtomicReference<@Nullable Schedulable> slot = new AtomicReference<>(task(0));
    private @Nullable Schedulable kicked;
    private @Nullable Schedulable taken;
    private @Nullable Schedulable stolen;

    @Actor
    public void owner() {
      kicked = slot.get();
      slot.set(task(1));
      taken = slot.getAndSet(null);
    }

    @Actor
    public void thief() {
      Schedulable seen = slot.get();
      stolen = seen != null && slot.compareAndSet(seen, null) ? seen : null;
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(2).add(kicked).add(taken).add(stolen).add(slot.get()).report(r);
    }
  }

  /// The empty slot is filled by a store, while a thief looks: either it sees the task or not.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "the task once")
  @Outcome(expect = FORBIDDEN, desc = "the task is lost or comes twice")
  @State
  public static class PutIntoEmptyVsSteal {
    private final RunNext next = new RunNext();
    private @Nullable Schedulable kicked;
    private @Nullable Schedulable stolen;

    @Actor
    public void owner() {
      next.put(task(0));
      kicked = next.put(task(1));
    }

    @Actor
    public void thief() {
      Schedulable seen = next.peek();
      stolen = seen != null && next.steal(seen) ? seen : null;
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(2).add(kicked).add(stolen).add(next.take()).report(r);
    }
  }
}
