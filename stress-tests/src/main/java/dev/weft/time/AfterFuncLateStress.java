package dev.weft.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.time.AfterFuncStopStress.Counter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: when stop has returned, nothing of a setting before fires, though a reset is on its
/// way (TMR-12, TMR-23).
///
/// Results: what stop said, and how often the function was started after it.
public final class AfterFuncLateStress {
  private static final long FAR = 1_000_000_000;

  private AfterFuncLateStress() {}

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Prevented.")
  @Outcome(expect = FORBIDDEN, desc = "Started after stop, or stop found nothing.")
  @State
  public static class Late {
    private final FakeClock clock = new FakeClock();
    private final Counter counter = new Counter();
    private final CallbackTimer timer = new CallbackTimer(clock, counter, () -> {});

    public Late() {
      timer.set(clock.nanoTime() + 1, 0);
    }

    @Actor
    public void resets() {
      timer.set(FAR, 0);
    }

    @Actor
    public void stops(II_Result r) {
      r.r1 = timer.stop() ? 1 : 0;
      clock.advance(Duration.ofNanos(1));
      r.r2 = counter.started.get();
    }
  }

  /// The reset replaces the setting and cancels the old one in two steps.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Prevented.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "The old one fires after stop.")
  @State
  public static class BrokenTwoSteps {
    private final AtomicReference<String> old = new AtomicReference<>("pending");
    private final AtomicReference<AtomicReference<String>> current = new AtomicReference<>(old);

    private static boolean end(AtomicReference<String> setting, String how) {
      return setting.compareAndSet("pending", how);
    }

    @Actor
    public void resets() {
      end(current.getAndSet(new AtomicReference<>("pending")), "cancelled");
    }

    @Actor
    public void stops(II_Result r) {
      boolean stopped = false;
      AtomicReference<String> seen;
      do {
        seen = current.get();
        stopped = end(seen, "cancelled");
      } while (!stopped && current.get() != seen);
      r.r1 = stopped ? 1 : 0;
      r.r2 = end(old, "fired") ? 1 : 0;
    }
  }
}
