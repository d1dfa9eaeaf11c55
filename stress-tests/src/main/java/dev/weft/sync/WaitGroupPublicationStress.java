package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: what a thread does before done() is visible to whoever finds the counter at zero
/// (WG-14).
///
/// The result is the sum of what two have written, or -1 while the counter is not zero.
public final class WaitGroupPublicationStress {
  private WaitGroupPublicationStress() {}

  private static int look(WaitGroup group, int[] written) {
    try {
      return group.await(Duration.ZERO) ? written[0] + written[1] : -1;
    } catch (InterruptedException e) {
      return -2;
    }
  }

  /// One writes and counts down; the other one, which has written before, looks.
  @JCStressTest
  @Outcome(
      id = {"-1", "2"},
      expect = ACCEPTABLE,
      desc = "Not zero yet, or all is visible.")
  @Outcome(expect = FORBIDDEN, desc = "It is zero, and something is not visible.")
  @State
  public static class Done {
    private final WaitGroup group = new WaitGroup();
    private final int[] written = new int[2];

    public Done() {
      group.add(2);
    }

    @Actor
    public void first() {
      written[0] = 1;
      group.done();
    }

    @Actor
    public void second(I_Result r) {
      written[1] = 1;
      group.done();
      r.r1 = look(group, written);
    }
  }

  /// Counts down before it has written.
  @JCStressTest
  @Outcome(
      id = {"-1", "2"},
      expect = ACCEPTABLE,
      desc = "Not zero yet, or all is visible.")
  @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "Something is not visible.")
  @State
  public static class BrokenDoneFirst {
    private final WaitGroup group = new WaitGroup();
    private final int[] written = new int[2];

    public BrokenDoneFirst() {
      group.add(2);
    }

    @Actor
    public void first() {
      group.done();
      written[0] = 1;
    }

    @Actor
    public void second(I_Result r) {
      written[1] = 1;
      group.done();
      r.r1 = look(group, written);
    }
  }
}
