package dev.weft.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a timer that is added while the thread ends, as it has found nothing to do, is not
/// forgotten (race R2 of TimerThread): the thread sees it and stays, or the adder starts another.
///
/// Results: whether the thread ended, and whether somebody serves the timer or has done so.
public class TimerEndStress {
  private static final Thread ENDING = Thread.ofPlatform().unstarted(() -> {});

  private TimerEndStress() {}

  /// The real one. The adder starts a real thread if it has to, which ends again at once.
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The thread stays.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Another one was started.")
  @Outcome(expect = FORBIDDEN, desc = "The timer is pending, and nobody is there.")
  @State
  public static class End {
    private final TimerThread timers = new TimerThread("weft-timers", 1);
    private final StressNode node = new StressNode(1);

    public End() {
      timers.servedBy(ENDING);
    }

    @Actor
    public void thread(II_Result r) {
      r.r1 = timers.end() ? 1 : 0;
    }

    @Actor
    public void adder() {
      timers.add(node, 0);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = timers.isRunning() || node.isFired() ? 1 : 0;
    }
  }

  /// Looks before it says that it is not there, and not after.
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The thread stays.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Another one was started.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "Pending, and nobody is there.")
  @State
  public static class BrokenLooksBefore {
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean(true);

    @Actor
    public void thread(II_Result r) {
      if (pending.get() == 0) {
        running.set(false);
        r.r1 = 1;
      }
    }

    @Actor
    public void adder() {
      pending.incrementAndGet();
      if (!running.get()) {
        running.set(true);
      }
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = running.get() ? 1 : 0;
    }
  }
}
