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

/// Hypothesis: a machine that has found work and gives up searching makes up for the submitters
/// that woke nobody while it searched (SCH-19): it looks at the queues afterwards, and wakes the
/// next machine if there is something.
///
/// One machine runs and submits, one searches and has found something, one is idle. Results: how
/// many machines were woken; and 1 if there is work that nobody was woken for.
public class SpinGiveUpStress {
  private SpinGiveUpStress() {}

  /// What all of these have.
  abstract static class Three {
    final StressCore stress = new StressCore(3);
    final Core core = stress.core;
    final Machine running = stress.running();
    final Machine searching = stress.spinning();
    final Machine idle = stress.idle();

    void result(II_Result r) {
      r.r1 = stress.wakes();
      r.r2 = stress.missedWork();
    }
  }

  /// Submitted to a ring.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The idle machine is woken, once.")
  @Outcome(expect = FORBIDDEN, desc = "Nobody searches, and nobody was woken.")
  @State
  public static class RingVsGiveUp extends Three {
    public RingVsGiveUp() {
      running.processor.runNext.put(StressCore.TASK);
    }

    @Actor
    public void submitter() {
      running.ready(StressCore.TASK);
    }

    @Actor
    public void machine() {
      searching.stopSpinning();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// Submitted to the global queue.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The idle machine is woken, once.")
  @Outcome(expect = FORBIDDEN, desc = "Nobody searches, and nobody was woken.")
  @State
  public static class InjectVsGiveUp extends Three {
    @Actor
    public void submitter() {
      core.inject(StressCore.TASK);
    }

    @Actor
    public void machine() {
      searching.stopSpinning();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// The machine gives up searching and looks no more.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The idle machine is woken, once.")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The submitter relied on a machine that had found something else.")
  @State
  public static class BrokenNoLook extends Three {
    public BrokenNoLook() {
      running.processor.runNext.put(StressCore.TASK);
    }

    @Actor
    public void submitter() {
      running.ready(StressCore.TASK);
    }

    @Actor
    public void machine() {
      core.control.stopSpinning();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }
}
