package dev.weft.group;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: if a waiter gives up at the moment at which it is granted its token, either it has
/// the token or it is free: never is it lost, never there twice (SEM-6).
///
/// The result is whether the waiter has got it, and how many are free at the end.
public final class SemaphoreLeaveStress {
  private static final Duration MOMENT = Duration.ofNanos(1);

  private SemaphoreLeaveStress() {}

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Granted in time.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Given up, or not there yet.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, or there twice.")
  @State
  public static class GrantOrLeave {
    private final WeightedSemaphore semaphore = new WeightedSemaphore(1);

    public GrantOrLeave() {
      semaphore.tryAcquire(1);
    }

    @Actor
    public void releaser() {
      semaphore.release(1);
    }

    @Actor
    public void waiter(II_Result r) {
      try {
        r.r1 = semaphore.tryAcquire(1, MOMENT) ? 1 : 0;
      } catch (InterruptedException unexpected) {
        r.r1 = -1;
      }
    }

    @Arbiter
    public void look(II_Result r) {
      r.r2 = semaphore.tryAcquire(1) ? 1 : 0;
    }
  }

  /// One whose waiter leaves without looking whether it has been granted meanwhile: a number that
  /// says who waits, and one that says how many are free.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Granted in time.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Given up, or not there yet.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "Lost.")
  @Outcome(expect = FORBIDDEN, desc = "There twice.")
  @State
  public static class BrokenLeavesBlindly {
    private static final int WAITS = 1;
    private static final int GRANTED = 2;

    private final AtomicInteger waiter = new AtomicInteger(WAITS);
    private final AtomicInteger free = new AtomicInteger();

    @Actor
    public void releaser() {
      if (!waiter.compareAndSet(WAITS, GRANTED)) {
        free.incrementAndGet();
      }
    }

    @Actor
    public void waiter(II_Result r) {
      if (waiter.get() == GRANTED) {
        r.r1 = 1;
      } else {
        waiter.set(0); // gone: by then it may have been granted
      }
    }

    @Arbiter
    public void look(II_Result r) {
      r.r2 = free.get();
    }
  }
}
