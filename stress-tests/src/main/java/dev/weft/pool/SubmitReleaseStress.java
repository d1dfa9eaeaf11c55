package dev.weft.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.Waiter;
import dev.weft.scheduler.Scheduler;
import dev.weft.time.Clock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: a task that is submitted while the pool is released either has a worker, which will
/// run it, or is refused (race R1 of PoolState).
///
/// Results: whether it was accepted, whether the idle worker has got it, how many workers are
/// counted. A worker that has got it counts itself out at its end.
public class SubmitReleaseStress {
  private static final PoolOptions OPTIONS =
      new PoolOptions(
          1, true, 0, null, false, null, Scheduler.defaultScheduler(), null, Clock.system());

  private SubmitReleaseStress() {}

  /// The real one, with one worker, which is idle.
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "The worker has the task.")
  @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "Refused; the worker ends.")
  @Outcome(expect = FORBIDDEN, desc = "A task is lost, or run though it was refused.")
  @State
  public static class Release {
    private final PoolCore<String> pool = new PoolCore<>(OPTIONS, task -> {}, "the pool");
    private final PoolWorker<String> worker = new PoolWorker<>(pool, null);
    private final Waiter idle = worker.arm();

    public Release() {
      pool.running = 1;
      pool.idle.add(worker);
    }

    @Actor
    public void submitter(III_Result r) {
      try {
        r.r1 = pool.submit("task", PoolCore.NOW) ? 1 : 0;
      } catch (PoolClosedException closed) {
        r.r1 = 0;
      } catch (InterruptedException unexpected) {
        r.r1 = -1;
      }
    }

    @Actor
    public void releaser() {
      pool.release();
    }

    @Arbiter
    public void arbiter(III_Result r) {
      r.r2 = worker.await(idle) == null ? 0 : 1; // decided already, so it does not wait
      r.r3 = pool.running();
    }
  }

  /// Looks whether the pool is closed before it takes the lock, and not again.
  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "The worker has the task.")
  @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "Refused; the worker ends.")
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE_INTERESTING, desc = "Accepted, and nobody runs it.")
  @State
  public static class BrokenLooksEarly {
    private volatile boolean closed;
    private int running = 1; // under the lock, as all that follows
    private boolean idle = true;
    private boolean given;

    @Actor
    public void submitter(III_Result r) {
      if (closed) {
        return;
      }
      r.r1 = 1;
      synchronized (this) {
        if (idle) {
          idle = false;
          given = true;
        }
      }
    }

    @Actor
    public void releaser() {
      closed = true;
      synchronized (this) {
        if (idle) {
          idle = false;
          running--;
        }
      }
    }

    @Arbiter
    public void arbiter(III_Result r) {
      r.r2 = given ? 1 : 0;
      r.r3 = running;
    }
  }
}
