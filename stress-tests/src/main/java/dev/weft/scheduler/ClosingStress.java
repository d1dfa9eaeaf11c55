package dev.weft.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a goroutine that starts while its scheduler closes is either refused or waited for,
/// since the starter counts it and then looks whether the scheduler is closed, and the closer
/// closes it and then counts.
public class ClosingStress {
  private ClosingStress() {}

  /// The real scheduler, with the jdk backend.
  ///
  /// Results: whether the goroutine started; and whether its body had run when close returned.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It started, and close waited for it.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "It was refused.")
  @Outcome(expect = FORBIDDEN, desc = "It runs on after close found none.")
  @State
  public static class GoVsClose {
    private final Scheduler scheduler = Scheduler.builder().backend(Backend.JDK).build();
    private volatile boolean ran;

    @Actor
    public void starter(II_Result r) {
      try {
        scheduler.go(() -> ran = true);
        r.r1 = 1;
      } catch (RejectedExecutionException refused) {
        r.r1 = 0;
      }
    }

    @Actor
    public void closer(II_Result r) {
      if (!scheduler.close(Duration.ofMinutes(1)).isEmpty()) {
        throw new AssertionError("a goroutine does not end");
      }
      r.r2 = ran ? 1 : 0;
    }
  }

  /// The starter looks, and then counts.
  ///
  /// Results: whether the goroutine started; and whether the closer counted it.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It started, and close waits for it.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "It was refused.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "It runs after close found none.")
  @State
  public static class BrokenLookThenCount {
    private final AtomicInteger live = new AtomicInteger();
    private volatile boolean closed;

    @Actor
    public void starter(II_Result r) {
      if (!closed) {
        live.incrementAndGet();
        r.r1 = 1;
      }
    }

    @Actor
    public void closer(II_Result r) {
      closed = true;
      r.r2 = live.get();
    }
  }

  /// The machines end while one of them goes idle.
  ///
  /// Results: 0; and how many machines are left on the idle stack, not told to end.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "It is told to end.")
  @Outcome(expect = FORBIDDEN, desc = "It sleeps for ever.")
  @State
  public static class EndVsIdle {
    private final StressCore stress = new StressCore(1);
    private final Machine machine = stress.running();

    @Actor
    public void closer() {
      stress.core.end();
    }

    @Actor
    public void machine() {
      machine.becomeIdle();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = stress.core.control.popToEnd() == null ? 0 : 1;
    }
  }

  /// A machine goes idle without looking whether it has to end.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "It is told to end.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "It sleeps for ever.")
  @State
  public static class BrokenEndVsIdle {
    private final StressCore stress = new StressCore(1);
    private final Machine machine = stress.running();

    @Actor
    public void closer() {
      stress.core.end();
    }

    @Actor
    public void machine() {
      stress.core.control.pushIdle(machine, false);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = stress.core.control.popToEnd() == null ? 0 : 1;
    }
  }
}
