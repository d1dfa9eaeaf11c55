package dev.weft.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.base.Body;
import dev.weft.internal.park.Spawner;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: stop says true exactly if the function is not started (TMR-12).
///
/// Results: what stop said, and how often the function was started.
public final class AfterFuncStopStress {
  private AfterFuncStopStress() {}

  /// Counts instead of starting.
  static final class Counter implements Spawner {
    final AtomicInteger started = new AtomicInteger();

    @Override
    public void spawn(Body body) {
      started.incrementAndGet();
    }
  }

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Prevented.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Started before.")
  @Outcome(expect = FORBIDDEN, desc = "Started though prevented, or neither.")
  @State
  public static class Stop {
    private final FakeClock clock = new FakeClock();
    private final Counter counter = new Counter();
    private final CallbackTimer timer = new CallbackTimer(clock, counter, () -> {});

    public Stop() {
      timer.set(clock.nanoTime() + 1, 0);
    }

    @Actor
    public void time() {
      clock.advance(Duration.ofNanos(1));
    }

    @Actor
    public void owner(II_Result r) {
      r.r1 = timer.stop() ? 1 : 0;
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = counter.started.get();
    }
  }

  /// Looks and decides in two steps.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Prevented.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Started before.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "Started though prevented.")
  @State
  public static class BrokenTwoSteps {
    private final AtomicBoolean pending = new AtomicBoolean(true);
    private final AtomicInteger started = new AtomicInteger();

    @Actor
    public void time() {
      if (pending.get()) {
        pending.set(false);
        started.incrementAndGet();
      }
    }

    @Actor
    public void owner(II_Result r) {
      if (pending.get()) {
        pending.set(false);
        r.r1 = 1;
      }
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = started.get();
    }
  }
}
