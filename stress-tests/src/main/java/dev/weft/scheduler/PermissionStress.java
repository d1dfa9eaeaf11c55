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

/// Hypothesis: the permission to be active may change at any time, and still neither too many
/// machines leave nor is work left lying that one more machine is permitted to do (SCH-30, and the
/// hand-off of stuck machines).
public class PermissionStress {
  private PermissionStress() {}

  /// Two machines are active and one is permitted; both look whether it is them.
  ///
  /// Results: how many left, and how many are active.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One leaves, one stays.")
  @Outcome(expect = FORBIDDEN, desc = "Both leave, and nobody works; or both stay.")
  @State
  public static class TwoLeave {
    private final StressCore stress = new StressCore(2);
    private final Core core = stress.core;
    private final Machine first = stress.running();
    private final Machine second = stress.running();
    private boolean firstLeft;
    private boolean secondLeft;

    public TwoLeave() {
      core.setProcs(1);
    }

    @Actor
    public void first() {
      firstLeft = first.leaveIfSurplus(1);
    }

    @Actor
    public void second() {
      secondLeft = second.leaveIfSurplus(1);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = (firstLeft ? 1 : 0) + (secondLeft ? 1 : 0);
      r.r2 = core.control.active();
    }
  }

  /// The same, but they first look and then leave.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "One leaves, one stays.")
  @Outcome(id = "2, 0", expect = ACCEPTABLE_INTERESTING, desc = "Both leave, and nobody works.")
  @State
  public static class BrokenLookThenLeave {
    private final StressCore stress = new StressCore(2);
    private final MachineControl control = stress.core.control;
    private final Machine first = stress.running();
    private final Machine second = stress.running();
    private boolean firstLeft;
    private boolean secondLeft;

    private boolean leave(Machine machine) {
      if (control.active() <= 1) {
        return false;
      }
      control.pushIdle(machine, false);
      return true;
    }

    @Actor
    public void first() {
      firstLeft = leave(first);
    }

    @Actor
    public void second() {
      secondLeft = leave(second);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = (firstLeft ? 1 : 0) + (secondLeft ? 1 : 0);
      r.r2 = control.active();
    }
  }

  /// Two machines are active, one is permitted and there is work, when a second one is permitted.
  abstract static class Grow {
    final StressCore stress = new StressCore(2);
    final Core core = stress.core;
    final Machine stays = stress.running();
    final Machine leaves = stress.running();

    Grow() {
      core.setProcs(1);
      core.global.addLast(StressCore.TASK);
    }

    void result(II_Result r) {
      r.r1 = stress.wakes();
      r.r2 = stress.missedWork();
    }
  }

  /// A machine that has decided to leave against one more processor.
  ///
  /// Results: how many machines were woken; and 1 if there is work that nobody was woken for.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It is woken again.")
  @Outcome(expect = FORBIDDEN, desc = "It sleeps, though it is permitted and there is work.")
  @State
  public static class GrowVsLeave extends Grow {
    @Actor
    public void tuner() {
      core.setProcs(2);
    }

    @Actor
    public void machine() {
      leaves.leaveIfSurplus(1);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// The machine leaves and looks no more.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It is woken again.")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "It sleeps, though it is permitted and there is work.")
  @State
  public static class BrokenNoLookAfterLeaving extends Grow {
    @Actor
    public void tuner() {
      core.setProcs(2);
    }

    @Actor
    public void machine() {
      core.control.pushIdleIfSurplus(leaves, false, 1);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// The only permitted machine is stuck; another one is idle.
  abstract static class Stuck {
    final StressCore stress = new StressCore(1);
    final Core core = stress.core;
    final Machine stuck = stress.running();
    final Machine idle = stress.idle();

    void result(II_Result r) {
      r.r1 = stress.wakes();
      r.r2 = stress.missedWork();
    }
  }

  /// Work is submitted while the stuck machine is handed off: the submitter looks whether there is
  /// room, the monitor whether there is work.
  ///
  /// Results: how many machines were woken; and 1 if there is work that nobody was woken for.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The idle machine is woken.")
  @Outcome(expect = FORBIDDEN, desc = "The idle machine sleeps, and the other one is stuck.")
  @State
  public static class HandOffVsSubmit extends Stuck {
    @Actor
    public void monitor() {
      core.handOff(stuck.processor);
    }

    @Actor
    public void submitter() {
      core.inject(StressCore.TASK);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// The monitor looks for work first, and then permits one more.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The idle machine is woken.")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Work came after the monitor had looked and before there was room.")
  @State
  public static class BrokenLookThenHandOff extends Stuck {
    private volatile int permitted = 1;

    private void wake() {
      if (core.control.wantsMachine(permitted)) {
        core.control.popSpinning(permitted);
      }
    }

    @Actor
    public void monitor() {
      boolean work = core.workVisible();
      permitted = 2;
      if (work) {
        wake();
      }
    }

    @Actor
    public void submitter() {
      core.global.addLast(StressCore.TASK);
      wake();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = core.control.spinning();
      r.r2 = 1 - r.r1; // there is work in any case
    }
  }
}
