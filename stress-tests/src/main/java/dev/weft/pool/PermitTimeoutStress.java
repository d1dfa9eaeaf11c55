package dev.weft.pool;

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

/// Hypothesis: a permit that is given back when somebody who waits for it runs out of time is that
/// one's, or free.
///
/// Results: whether the one who waited has it, how many are taken at the end.
public class PermitTimeoutStress {
  private static final long MOMENT = 2_000;

  private PermitTimeoutStress() {}

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Handed over, or taken.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Too late; it is free.")
  @Outcome(expect = FORBIDDEN, desc = "A permit is lost, or made up.")
  @State
  public static class Timeout {
    private final Permits permits = new Permits(1);

    public Timeout() {
      permits.tryAcquire();
    }

    @Actor
    public void waiter(II_Result r) {
      long deadline = PoolCore.deadlineAfter(MOMENT);
      try {
        r.r1 = permits.acquire(deadline, 1, this) == Permits.Answer.GRANTED ? 1 : 0;
      } catch (InterruptedException unexpected) {
        r.r1 = -1;
      }
    }

    @Actor
    public void holder() {
      permits.release();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = permits.taken();
      permits.checkInvariants();
    }
  }

  /// The holder hands over without a compare-and-set: it looks whether somebody waits, and then it
  /// decides.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Handed over.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Too late; it is free.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "Too late, and it is gone.")
  @State
  public static class BrokenHandsOverBlindly {
    private static final int WAITS = 0;
    private static final int GRANTED = 1;
    private static final int LATE = 2;

    private final AtomicInteger outcome = new AtomicInteger(WAITS);
    private int taken = 1;

    @Actor
    public void waiter(II_Result r) {
      r.r1 = outcome.compareAndSet(WAITS, LATE) ? 0 : 1;
    }

    @Actor
    public void holder() {
      if (outcome.get() == WAITS) {
        outcome.set(GRANTED); // and the permit is the other one's
      } else {
        taken = 0;
      }
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = taken;
    }
  }
}
