package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: a reset of a timer that is due is one step (TMR-6). Either it prevented the old
/// value, or that has been received before; the new one is received once, and not before the old.
///
/// Results: whether reset said that it prevented the old value, 7; and what two receives found. The
/// new value is 8; both are due, so the first receive finds something.
public final class TimerResetStress {
  private TimerResetStress() {}

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 8, 0", expect = ACCEPTABLE, desc = "Reset first.")
  @Outcome(id = "0, 7, 8", expect = ACCEPTABLE, desc = "Reset between the receives.")
  @Outcome(id = "0, 7, 0", expect = ACCEPTABLE, desc = "Reset last.")
  @Outcome(expect = FORBIDDEN, desc = "A stale value, or one that is lost.")
  @State
  public static class Reset {
    private final Timing timing = StoppedClock.timerFor(7);

    @Actor
    public void owner(III_Result r) {
      r.r1 = timing.set(8, 0) ? 1 : 0;
    }

    @Actor
    public void receiver(III_Result r) {
      r.r2 = StoppedClock.receive(timing);
      r.r3 = StoppedClock.receive(timing);
    }
  }

  /// A value that does not name its setting: who takes it does not see that it has gone stale.
  @JCStressTest
  @Outcome(id = "1, 8, 0", expect = ACCEPTABLE, desc = "Reset first.")
  @Outcome(id = "0, 7, 8", expect = ACCEPTABLE, desc = "Reset between the receives.")
  @Outcome(id = "0, 7, 0", expect = ACCEPTABLE, desc = "Reset last.")
  @Outcome(id = "1, 7, 0", expect = ACCEPTABLE_INTERESTING, desc = "A stale value, new one lost.")
  @Outcome(id = "1, 7, 8", expect = ACCEPTABLE_INTERESTING, desc = "A stale value.")
  @State
  public static class BrokenNamesNoSetting {
    private final AtomicReference<Integer> setting = new AtomicReference<>(7);

    @Actor
    public void owner(III_Result r) {
      r.r1 = setting.getAndSet(8) != 0 ? 1 : 0;
    }

    @Actor
    public void receiver(III_Result r) {
      r.r2 = receive();
      r.r3 = receive();
    }

    private int receive() {
      int value = setting.get();
      if (value != 0) {
        setting.set(0);
      }
      return value;
    }
  }
}
