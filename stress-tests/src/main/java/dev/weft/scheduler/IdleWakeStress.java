package dev.weft.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: work that is submitted while the only searching machine goes idle is not left lying
/// (SCH-20): the submitter publishes, puts a fence and looks who is searching; the machine goes
/// idle by a compare-and-set and looks at the queues once more.
///
/// Results: how many machines were woken; and 1 if there is work that nobody was woken for.
public class IdleWakeStress {
  private IdleWakeStress() {}

  /// What all of these have: one machine that runs something, one that searches.
  abstract static class Pair {
    final StressCore stress = new StressCore(2);
    final Core core = stress.core;
    final Machine running = stress.running();
    final Machine searching = stress.spinning();

    void result(II_Result r) {
      r.r1 = stress.wakes();
      r.r2 = stress.missedWork();
    }
  }

  /// Submitted by a machine, to its ring.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Woken, once.")
  @Outcome(expect = FORBIDDEN, desc = "The work lies there, and all who could do it sleep.")
  @State
  public static class RingVsIdle extends Pair {
    public RingVsIdle() {
      running.ready(StressCore.TASK); // in the slot, so that the next one kicks it into the ring
    }

    @Actor
    public void submitter() {
      running.ready(StressCore.TASK);
    }

    @Actor
    public void machine() {
      searching.becomeIdle();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// Submitted by any thread, to the global queue.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Woken, once.")
  @Outcome(expect = FORBIDDEN, desc = "The work lies there, and all who could do it sleep.")
  @State
  public static class InjectVsIdle extends Pair {
    @Actor
    public void submitter() {
      core.inject(StressCore.TASK);
    }

    @Actor
    public void machine() {
      searching.becomeIdle();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// Not submitted, but moved: a running machine takes a batch from the global queue into its ring,
  /// and wakes nobody for it. So there must be no moment at which it is in neither.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Seen in one queue or the other.")
  @Outcome(expect = FORBIDDEN, desc = "On its way from queue to queue the work was overlooked.")
  @State
  public static class BatchVsIdle extends Pair {
    public BatchVsIdle() {
      core.global.addLast(StressCore.TASK);
      core.global.addLast(StressCore.TASK);
    }

    @Actor
    public void taker() {
      core.global.pollBatch(core.procs(), running.processor.queue);
    }

    @Actor
    public void machine() {
      searching.becomeIdle();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// The machine goes idle without looking again.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Woken, once.")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The submitter relied on a machine that searched no more.")
  @State
  public static class BrokenNoSecondLook extends Pair {
    public BrokenNoSecondLook() {
      running.ready(StressCore.TASK);
    }

    @Actor
    public void submitter() {
      running.ready(StressCore.TASK);
    }

    @Actor
    public void machine() {
      core.control.pushIdle(searching, true);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// The submitter looks who is searching without a fence after its put.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Woken, once.")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The put was still in the store buffer when the machine looked.")
  @State
  public static class BrokenNoFence extends Pair {
    @Actor
    public void submitter() {
      running.processor.queue.offer(StressCore.TASK);
      core.wake();
    }

    @Actor
    public void machine() {
      searching.becomeIdle();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }
}
