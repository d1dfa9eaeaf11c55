package dev.weft.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a machine on the idle stack is popped by exactly one thread, whichever of pushes and
/// pops race, since the link below the top is checked by the version (ABA of MachineControl).
///
/// Results: how many machines were popped twice, by the actors or by the arbiter, who empties the
/// stack; and how many were never popped.
public class IdleStackStress {
  private IdleStackStress() {}

  /// Who was popped how often.
  static final class Tally {
    private final int[] popped = new int[2];

    void count(@Nullable Machine machine) {
      if (machine != null) {
        popped[machine.id()]++;
      }
    }

    void result(II_Result r) {
      r.r1 = (popped[0] > 1 ? 1 : 0) + (popped[1] > 1 ? 1 : 0);
      r.r2 = (popped[0] == 0 ? 1 : 0) + (popped[1] == 0 ? 1 : 0);
    }
  }

  /// Two idle machines; what an actor has popped when both are done.
  abstract static class Stack {
    final StressCore stress = new StressCore(2);
    final MachineControl control = stress.core.control;
    final Machine lower = stress.idle();
    final Machine upper = stress.idle();
    @Nullable Machine byFirst;
    @Nullable Machine bySecond;

    void result(II_Result r) {
      Tally tally = new Tally();
      tally.count(byFirst);
      tally.count(bySecond);
      for (int i = 0; i < 4; i++) { // a broken stack may have no end
        tally.count(control.popToEnd());
      }
      tally.result(r);
    }
  }

  /// Woken for work against ended as not needed.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Each by one.")
  @Outcome(expect = FORBIDDEN, desc = "One machine woken and ended, or lost.")
  @State
  public static class PopVsPop extends Stack {
    @Actor
    public void waker() {
      byFirst = control.popSpinning(2);
    }

    @Actor
    public void trimmer() {
      bySecond = control.popToEnd();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// A machine goes idle while another one is woken.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Each by one.")
  @Outcome(expect = FORBIDDEN, desc = "The new top hides or doubles the old one.")
  @State
  public static class PushVsPop {
    private final StressCore stress = new StressCore(2);
    private final MachineControl control = stress.core.control;
    private final Machine active = stress.running();
    private @Nullable Machine popped;

    public PushVsPop() {
      stress.idle();
    }

    @Actor
    public void machine() {
      control.pushIdle(active, false);
    }

    @Actor
    public void waker() {
      popped = control.popSpinning(2);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      Tally tally = new Tally();
      tally.count(popped);
      for (int i = 0; i < 3; i++) {
        tally.count(control.popToEnd());
      }
      tally.result(r);
    }
  }

  /// While one thread pops, another pops both machines and pushes back the upper one. All counts
  /// are then as before, so only the version differs.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Each by one.")
  @Outcome(expect = FORBIDDEN, desc = "The stale link brought back a machine that was taken.")
  @State
  public static class PopVsPopPopPush extends Stack {
    @Actor
    public void popper() {
      byFirst = control.popToEnd();
    }

    @Actor
    public void other() {
      Machine top = control.popToEnd();
      bySecond = control.popToEnd();
      if (top != null) {
        control.pushNew(top);
      }
    }

    @Arbiter
    public void arbiter(II_Result r) {
      result(r);
    }
  }

  /// The same with a stack whose word is the top alone.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Each by one.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "One machine has two owners.")
  @State
  public static class BrokenNoVersion {
    private static final int EMPTY = -1;

    private final AtomicInteger top = new AtomicInteger(1);
    private final int[] next = {EMPTY, 0};
    private int byFirst = EMPTY;
    private int bySecond = EMPTY;

    private int pop() {
      for (; ; ) {
        int seen = top.get();
        if (seen == EMPTY) {
          return EMPTY;
        }
        int below = next[seen];
        for (int i = 0; i < 8; i++) {
          Thread.onSpinWait(); // widens the window
        }
        if (top.compareAndSet(seen, below)) {
          return seen;
        }
      }
    }

    private void push(int id) {
      int seen;
      do {
        seen = top.get();
        next[id] = seen;
      } while (!top.compareAndSet(seen, id));
    }

    @Actor
    public void popper() {
      byFirst = pop();
    }

    @Actor
    public void other() {
      int first = pop();
      bySecond = pop();
      if (first != EMPTY) {
        push(first);
      }
    }

    @Arbiter
    public void arbiter(II_Result r) {
      int[] popped = new int[2];
      int[] all = {byFirst, bySecond, pop(), pop(), pop()};
      for (int id : all) {
        if (id != EMPTY) {
          popped[id]++;
        }
      }
      r.r1 = (popped[0] > 1 ? 1 : 0) + (popped[1] > 1 ? 1 : 0);
      r.r2 = (popped[0] == 0 ? 1 : 0) + (popped[1] == 0 ? 1 : 0);
    }
  }
}
