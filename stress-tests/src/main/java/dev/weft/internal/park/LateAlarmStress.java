package dev.weft.internal.park;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: an owner may begin its next wait without waiting for the alarm of the one before,
/// since a late alarm names its round (invariant I2 of Waiter). That holds although arming reads
/// and writes the word in two steps.
///
/// Results: whether the alarm of the first round decided; and the outcome of the second round,
/// which nobody decides.
public class LateAlarmStress {
  private LateAlarmStress() {}

  /// The real waiter.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Too late, and harmless.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It timed out the round it was set for.")
  @Outcome(expect = FORBIDDEN, desc = "It ended the next wait.")
  @State
  public static class NextRound {
    private final Waiter waiter = new Waiter(Thread.currentThread());
    private final long first = waiter.arm();
    private long second;

    @Actor
    public void alarm(II_Result r) {
      r.r1 = waiter.decide(first, Waiter.TIMED_OUT) ? 1 : 0;
    }

    @Actor
    public void owner() {
      second = waiter.arm();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = waiter.outcome(second);
    }
  }

  /// A word without rounds: arming sets it to pending again.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It timed out the round it was set for.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "It ended the next wait.")
  @State
  public static class BrokenWithoutRounds {
    private final AtomicInteger outcome = new AtomicInteger();

    @Actor
    public void alarm(II_Result r) {
      r.r1 = outcome.compareAndSet(Waiter.PENDING, Waiter.TIMED_OUT) ? 1 : 0;
    }

    @Actor
    public void owner() {
      outcome.setRelease(Waiter.PENDING);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = outcome.get();
    }
  }
}
