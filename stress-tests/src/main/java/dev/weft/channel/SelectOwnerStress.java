package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: of two threads that are the first to select with the same case, one is told that it
/// belongs to the other, and so no entry gets into two queues at once.
public class SelectOwnerStress {

  private SelectOwnerStress() {}

  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One thread has the case.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none.")
  @State
  public static class FirstUse {
    private final SelectCase selectCase = Channel.<Integer>make(1).onReceive();

    private int enlist() {
      try {
        CaseList.of(1, selectCase, null, null, null, null, null);
        return 1;
      } catch (IllegalStateException belongsToAnother) {
        return 0;
      }
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = enlist();
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = enlist();
    }
  }

  /// Looks and then claims, without the compare-and-set.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One thread has the case.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "Both have it.")
  @Outcome(expect = FORBIDDEN, desc = "None has it.")
  @State
  public static class BrokenLookAndClaim {
    private Thread owner;

    private int claim() {
      if (owner != null) {
        return 0;
      }
      owner = Thread.currentThread();
      return 1;
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = claim();
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = claim();
    }
  }
}
