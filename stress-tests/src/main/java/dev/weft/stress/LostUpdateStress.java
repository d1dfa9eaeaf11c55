package dev.weft.stress;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Shows the form of a stress test on something that everybody knows, and that the machine sees
/// races at all: two threads increment one counter.
///
/// A test has two actors (a machine with two processors runs no more) and mostly an arbiter, which
/// looks when both are done. The broken twin leaves out what makes the real one right; the full run
/// fails if the interesting outcome of a twin never shows, since then the test proves nothing.
public final class LostUpdateStress {
  private LostUpdateStress() {}

  /// Increments by compare-and-set.
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both increments count")
  @Outcome(expect = Expect.FORBIDDEN, desc = "an increment is lost")
  @State
  public static class Atomic {
    private final AtomicInteger counter = new AtomicInteger();

    @Actor
    public void first() {
      counter.incrementAndGet();
    }

    @Actor
    public void second() {
      counter.incrementAndGet();
    }

    @Arbiter
    public void result(I_Result r) {
      r.r1 = counter.get();
    }
  }

  /// Reads and writes a volatile field in two steps.
  @JCStressTest
  @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both increments count")
  @Outcome(id = "1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "an increment is lost")
  @State
  public static class BrokenTwoSteps {
    private volatile int counter;

    @Actor
    public void first() {
      counter = counter + 1;
    }

    @Actor
    public void second() {
      counter = counter + 1;
    }

    @Arbiter
    public void result(I_Result r) {
      r.r1 = counter;
    }
  }
}
