package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: of a timer that is due, either stop says that it prevented the value, and then
/// nobody receives it, or it says that it did not, and somebody does (TMR-4, TMR-5).
///
/// Results: what stop said, what a receive after it found, and what a receive at the same time
/// found.
public final class TimerStopStress {
  private TimerStopStress() {}

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "Prevented.")
  @Outcome(id = "0, 0, 7", expect = ACCEPTABLE, desc = "Received before.")
  @Outcome(expect = FORBIDDEN, desc = "A stale value, or one that is lost.")
  @State
  public static class Stop {
    private final Timing timing = StoppedClock.timerFor(7);

    @Actor
    public void owner(III_Result r) {
      r.r1 = timing.stop() ? 1 : 0;
      r.r2 = StoppedClock.receive(timing);
    }

    @Actor
    public void receiver(III_Result r) {
      r.r3 = StoppedClock.receive(timing);
    }
  }

  /// As before Go 1.23: when the time has come the value goes into a buffer, which a stop does not
  /// empty.
  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "Prevented.")
  @Outcome(id = "0, 0, 7", expect = ACCEPTABLE, desc = "Received before.")
  @Outcome(id = "0, 7, 0", expect = ACCEPTABLE_INTERESTING, desc = "A stale value.")
  @State
  public static class BrokenKeepsTheBuffer {
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicInteger buffer = new AtomicInteger();

    @Actor
    public void owner(III_Result r) {
      r.r1 = running.getAndSet(false) ? 1 : 0;
      r.r2 = receive();
    }

    @Actor
    public void receiver(III_Result r) {
      r.r3 = receive();
    }

    private int receive() {
      if (running.getAndSet(false)) {
        buffer.set(7);
      }
      return buffer.getAndSet(0);
    }
  }
}
