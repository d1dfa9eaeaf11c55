package dev.weft.scheduler;

import static dev.weft.scheduler.Tally.EXACTLY_ONCE;
import static dev.weft.scheduler.Tally.LOST_OR_TWICE;
import static dev.weft.scheduler.Tally.task;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// SCH-16 for the global queue: whatever is added at either end is taken exactly once.
public final class GlobalRunQueueStress {
  private GlobalRunQueueStress() {}

  /// An add at the tail against a take of the only task.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class AddVsPoll {
    private final GlobalRunQueue queue = new GlobalRunQueue(Thread::yield);
    private @Nullable Schedulable taken;

    public AddVsPoll() {
      queue.addLast(task(0));
    }

    @Actor
    public void adder() {
      queue.addLast(task(1));
    }

    @Actor
    public void taker() {
      taken = queue.pollFirst();
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(2).add(taken).addAll(queue).report(r);
    }
  }

  /// The lock is taken by a test and a store.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(id = LOST_OR_TWICE, expect = ACCEPTABLE_INTERESTING, desc = "both were in the lock")
  @State
  public static class BrokenAddVsPoll {
    private final BrokenQueue queue = new BrokenQueue();
    private @Nullable Schedulable taken;

    public BrokenAddVsPoll() {
      queue.addLast(task(0));
    }

    @Actor
    public void adder() {
      queue.addLast(task(1));
    }

    @Actor
    public void taker() {
      taken = queue.pollFirst();
    }

    @Arbiter
    public void count(II_Result r) {
      Tally tally = new Tally(2).add(taken);
      for (int left = queue.size; left > 0; left--) {
        tally.add(queue.pollFirst());
      }
      tally.report(r);
    }
  }

  /// A batch at the head against a batch from the head into a ring.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class AddFirstVsPollBatch {
    private final GlobalRunQueue queue = new GlobalRunQueue(Thread::yield);
    private final LocalRunQueue ring = new LocalRunQueue(Integer.MAX_VALUE);
    private @Nullable Schedulable taken;

    public AddFirstVsPollBatch() {
      queue.addLast(new Schedulable[] {task(0), task(1), task(2)}, 3);
    }

    @Actor
    public void adder() {
      queue.addFirst(new Schedulable[] {task(3), task(4)}, 2);
    }

    @Actor
    public void taker() {
      taken = queue.pollBatch(1, ring);
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(5).add(taken).addAll(ring).addAll(queue).report(r);
    }
  }

  /// An add that needs a second chunk, against the take of the last task of the first chunk.
  @JCStressTest
  @Outcome(id = EXACTLY_ONCE, expect = ACCEPTABLE, desc = "each task once")
  @Outcome(expect = FORBIDDEN, desc = "a task is lost or comes twice")
  @State
  public static class AddVsPollAtTheEndOfAChunk {
    private final GlobalRunQueue queue = new GlobalRunQueue(Thread::yield);
    private @Nullable Schedulable taken;

    public AddVsPollAtTheEndOfAChunk() {
      for (int i = 0; i < GlobalRunQueue.CHUNK; i++) {
        queue.addLast(task(0));
      }
      for (int i = 1; i < GlobalRunQueue.CHUNK; i++) {
        queue.pollFirst();
      }
    }

    @Actor
    public void adder() {
      queue.addLast(task(1));
    }

    @Actor
    public void taker() {
      taken = queue.pollFirst();
    }

    @Arbiter
    public void count(II_Result r) {
      new Tally(2).add(taken).addAll(queue).report(r);
    }
  }

  /// A queue under a lock that two may take at once.
  private static final class BrokenQueue {
    private final @Nullable Schedulable[] slots = new @Nullable Schedulable[8];
    private int head;
    private int tail;
    private volatile int size;
    private volatile boolean held;

    void addLast(Schedulable task) {
      lock();
      slots[tail++] = task;
      int before = size;
      size = before + 1;
      held = false;
    }

    @Nullable Schedulable pollFirst() {
      lock();
      Schedulable task = null;
      int before = size;
      if (before > 0) {
        task = slots[head];
        slots[head++] = null;
        size = before - 1;
      }
      held = false;
      return task;
    }

    private void lock() {
      while (held) {
        Thread.onSpinWait();
      }
      held = true;
    }
  }
}
