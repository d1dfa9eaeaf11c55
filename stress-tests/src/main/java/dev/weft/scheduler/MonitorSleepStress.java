package dev.weft.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.timer.TimerNode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: the monitor does not sleep past a timer that is added while it makes up its mind: it
/// says until when it sleeps and then looks at the timers; who adds one looks the other way round.
///
/// Result: 1 if the monitor sleeps past the timer and was not told of it.
public class MonitorSleepStress {
  private static final long NOW = 1_000_000;
  private static final long AT_MOST = 10_000_000;
  private static final long DEADLINE = NOW + AT_MOST / 2;

  private MonitorSleepStress() {}

  private static final class Node extends TimerNode {
    Node() {
      super(DEADLINE);
    }

    @Override
    protected void fire(long now) {}
  }

  /// One machine runs, a second one is permitted.
  abstract static class Sleep {
    final StressCore stress = new StressCore(2);
    final Machine running = stress.running();
    long end;
    boolean told;

    void result(I_Result r) {
      r.r1 = end > DEADLINE && !told ? 1 : 0;
    }
  }

  /// The real monitor.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "It wakes in time, or was told.")
  @Outcome(id = "1", expect = FORBIDDEN, desc = "It oversleeps.")
  @State
  public static class PlanVsAdd extends Sleep {
    @Actor
    public void monitor() {
      end = stress.core.monitor().planSleep(NOW, AT_MOST);
    }

    @Actor
    public void machine() {
      running.processor.timers.add(new Node());
      told = stress.core.monitor().timerAt(DEADLINE);
    }

    @Arbiter
    public void arbiter(I_Result r) {
      result(r);
    }
  }

  /// It looks at the timers, and then says until when it sleeps.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "It wakes in time, or was told.")
  @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "It oversleeps.")
  @State
  public static class BrokenLookThenSay extends Sleep {
    private volatile long wakesAt = Long.MIN_VALUE;

    @Actor
    public void monitor() {
      end = Math.min(NOW + AT_MOST, stress.core.earliestTimer());
      wakesAt = end;
    }

    @Actor
    public void machine() {
      running.processor.timers.add(new Node());
      told = DEADLINE < wakesAt;
    }

    @Arbiter
    public void arbiter(I_Result r) {
      result(r);
    }
  }
}
