package dev.weft.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// SCH-20: a submitter queues, then reads the spinning count; a parker gives its spinning back,
/// then looks at the queues. One of them must see the other, or the task lies there and nobody
/// comes.
///
/// The result is "the submitter still sees a spinner, the parker still sees nothing".
public final class ParkRecheckStress {
  private ParkRecheckStress() {}

  /// Ring: the submitter issues a full fence.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "one sees the other")
  @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "a lost wake-up")
  @State
  public static class Ring {
    private final LocalRunQueue ring = new LocalRunQueue();
    private final AtomicInteger spinning = new AtomicInteger(1);

    @Actor
    public void submitter(II_Result r) {
      ring.offer(Tally.task(0));
      VarHandle.fullFence();
      r.r1 = spinning.get();
    }

    @Actor
    public void parker(II_Result r) {
      spinning.getAndDecrement();
      r.r2 = ring.isEmpty() ? 1 : 0;
    }
  }

  /// Ring: without the fence.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "one sees the other")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "a lost wake-up")
  @State
  public static class BrokenRingWithoutFence {
    private final LocalRunQueue ring = new LocalRunQueue();
    private final AtomicInteger spinning = new AtomicInteger(1);

    @Actor
    public void submitter(II_Result r) {
      ring.offer(Tally.task(0));
      r.r1 = spinning.get();
    }

    @Actor
    public void parker(II_Result r) {
      spinning.getAndDecrement();
      r.r2 = ring.isEmpty() ? 1 : 0;
    }
  }

  /// Ring and runnext: a fence after filling the empty slot.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "one sees the other")
  @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "a lost wake-up")
  @State
  public static class Next {
    private final LocalRunQueue ring = new LocalRunQueue();
    private final RunNext next = new RunNext();
    private final AtomicInteger spinning = new AtomicInteger(1);

    @Actor
    public void submitter(II_Result r) {
      next.put(Tally.task(0));
      VarHandle.fullFence();
      r.r1 = spinning.get();
    }

    @Actor
    public void parker(II_Result r) {
      spinning.getAndDecrement();
      r.r2 = ring.isEmpty(next) ? 1 : 0;
    }
  }

  /// Ring and runnext: without the fence.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "one sees the other")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "a lost wake-up")
  @State
  public static class BrokenNextWithoutFence {
    private final LocalRunQueue ring = new LocalRunQueue();
    private final RunNext next = new RunNext();
    private final AtomicInteger spinning = new AtomicInteger(1);

    @Actor
    public void submitter(II_Result r) {
      next.put(Tally.task(0));
      r.r1 = spinning.get();
    }

    @Actor
    public void parker(II_Result r) {
      spinning.getAndDecrement();
      r.r2 = ring.isEmpty(next) ? 1 : 0;
    }
  }

  /// Global queue: its own volatile writes suffice.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "one sees the other")
  @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "a lost wake-up")
  @State
  public static class Global {
    private final GlobalRunQueue queue = new GlobalRunQueue(Thread::yield);
    private final AtomicInteger spinning = new AtomicInteger(1);

    @Actor
    public void submitter(II_Result r) {
      queue.addLast(Tally.task(0));
      r.r1 = spinning.get();
    }

    @Actor
    public void parker(II_Result r) {
      spinning.getAndDecrement();
      r.r2 = queue.size() == 0 ? 1 : 0;
    }
  }

  /// Global queue: if size and lock were written with release only.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "one sees the other")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "a lost wake-up")
  @State
  public static class BrokenGlobalWithReleaseOnly {
    private final AtomicInteger lock = new AtomicInteger();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger spinning = new AtomicInteger(1);

    @Actor
    public void submitter(II_Result r) {
      while (!lock.compareAndSet(0, 1)) {
        Thread.onSpinWait();
      }
      size.setRelease(size.getPlain() + 1);
      lock.setRelease(0);
      r.r1 = spinning.get();
    }

    @Actor
    public void parker(II_Result r) {
      spinning.getAndDecrement();
      r.r2 = size.get() == 0 ? 1 : 0;
    }
  }

  /// A task moves from runnext to the ring while somebody looks: the queues are never empty.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not empty")
  @Outcome(expect = FORBIDDEN, desc = "the task was missed")
  @State
  public static class LookWhileTaskMoves {
    private final LocalRunQueue ring = new LocalRunQueue();
    private final RunNext next = new RunNext();

    public LookWhileTaskMoves() {
      next.put(Tally.task(0));
    }

    @Actor
    public void owner() {
      Schedulable kicked = next.put(Tally.task(1));
      if (kicked != null) {
        ring.offer(kicked);
      }
      next.take();
    }

    @Actor
    public void observer(II_Result r) {
      r.r2 = ring.isEmpty(next) ? 1 : 0;
    }
  }

  /// The look at the ring is not repeated after the look at runnext.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not empty")
  @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "the task was missed")
  @State
  public static class BrokenLookWhileTaskMoves {
    private final LocalRunQueue ring = new LocalRunQueue();
    private final RunNext next = new RunNext();

    public BrokenLookWhileTaskMoves() {
      next.put(Tally.task(0));
    }

    @Actor
    public void owner() {
      Schedulable kicked = next.put(Tally.task(1));
      if (kicked != null) {
        ring.offer(kicked);
      }
      next.take();
    }

    @Actor
    public void observer(II_Result r) {
      r.r2 = ring.isEmpty() && next.isEmpty() ? 1 : 0;
    }
  }
}
