package dev.weft.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/// Hypothesis: of a cancel and a run of the same due timer exactly one wins (TMR-4, TMR-23), since
/// each makes its step on the node's state by compare-and-set.
///
/// Results: what cancel returned, how often the timer fired.
public class FireVsCancelStress {
  private FireVsCancelStress() {}

  /// The real node in a real shard.
  @JCStressTest
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "Cancelled in time.")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "Fired first.")
  @Outcome(id = "true, 1", expect = FORBIDDEN, desc = "Fired though the canceller was told not.")
  @Outcome(id = "false, 0", expect = FORBIDDEN, desc = "Neither fired nor cancelled: lost.")
  @State
  public static class CompareAndSet {
    private final TimerShard shard = StressNode.newShard();
    private final StressNode node = new StressNode(10);

    public CompareAndSet() {
      shard.add(node);
    }

    @Actor
    public void canceller(ZI_Result r) {
      r.r1 = node.cancel();
    }

    @Actor
    public void runner() {
      shard.runDue(10);
    }

    @Arbiter
    public void arbiter(ZI_Result r) {
      r.r2 = node.fires;
    }
  }

  /// The same with a state that is looked at, then written.
  @JCStressTest
  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "Cancelled in time.")
  @Outcome(id = "false, 1", expect = ACCEPTABLE, desc = "Fired first.")
  @Outcome(id = "true, 1", expect = ACCEPTABLE_INTERESTING, desc = "Both saw SCHEDULED.")
  @State
  public static class BrokenCheckThenAct {
    private static final int SCHEDULED = 0;
    private static final int FIRED = 1;
    private static final int CANCELLED = 2;

    private volatile int state = SCHEDULED;
    private int fires;

    @Actor
    public void canceller(ZI_Result r) {
      if (state == SCHEDULED) {
        state = CANCELLED;
        r.r1 = true;
      }
    }

    @Actor
    public void runner() {
      if (state == SCHEDULED) {
        state = FIRED;
        fires++;
      }
    }

    @Arbiter
    public void arbiter(ZI_Result r) {
      r.r2 = fires;
    }
  }
}
