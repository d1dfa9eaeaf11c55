package dev.weft.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.time.AfterFuncStopStress.Counter;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: stop and reset of a running timer are each one step (TMR-23): a stop that finds the
/// timer not running comes before no reset that finds it running.
///
/// Results: what reset said, what stop said, and how many settings are pending at the end.
public final class AfterFuncResetStress {
  private static final long FAR = 1_000_000_000;

  private AfterFuncResetStress() {}

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Reset, then stopped.")
  @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Stopped, then reset.")
  @Outcome(expect = FORBIDDEN, desc = "In no order can they have said that.")
  @State
  public static class Reset {
    private final FakeClock clock = new FakeClock();
    private final CallbackTimer timer = new CallbackTimer(clock, new Counter(), () -> {});

    public Reset() {
      timer.set(FAR, 0);
    }

    @Actor
    public void resets(III_Result r) {
      r.r1 = timer.set(FAR, 0) ? 1 : 0;
    }

    @Actor
    public void stops(III_Result r) {
      r.r2 = timer.stop() ? 1 : 0;
    }

    @Arbiter
    public void arbiter(III_Result r) {
      r.r3 = clock.pending();
    }
  }

  /// Without the lock of CallbackTimer, and stop does not look whether there is another setting by
  /// now.
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Reset, then stopped.")
  @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "Stopped, then reset.")
  @Outcome(
      id = "1, 0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Stop says that it was not running, but it was all the time.")
  @State
  public static class BrokenLooksOnce {
    private final AtomicReference<AtomicReference<String>> current =
        new AtomicReference<>(new AtomicReference<>("pending"));

    private static boolean cancel(AtomicReference<String> setting) {
      return setting.compareAndSet("pending", "cancelled");
    }

    @Actor
    public void resets(III_Result r) {
      r.r1 = cancel(current.getAndSet(new AtomicReference<>("pending"))) ? 1 : 0;
    }

    @Actor
    public void stops(III_Result r) {
      r.r2 = cancel(current.get()) ? 1 : 0;
    }

    @Arbiter
    public void arbiter(III_Result r) {
      r.r3 = current.get().get().equals("pending") ? 1 : 0;
    }
  }
}
