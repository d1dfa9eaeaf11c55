package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: whoever gets an object sees what was written before it was put (POOL-9).
///
/// The result is what is written in it, or -1 if there is none yet.
public final class PoolPublicationStress {
  private PoolPublicationStress() {}

  /// By the pool itself.
  @JCStressTest
  @Outcome(
      id = {"-1", "1"},
      expect = ACCEPTABLE,
      desc = "Nothing there, or all is visible.")
  @Outcome(expect = FORBIDDEN, desc = "It is not visible.")
  @State
  public static class PutThenGet {
    private final Pool<int[]> pool = new Pool<>();

    @Actor
    public void putter() {
      int[] object = new int[1];
      object[0] = 1;
      pool.put(object);
    }

    @Actor
    public void getter(I_Result r) {
      int[] object = pool.get();
      r.r1 = object == null ? -1 : object[0];
    }
  }

  /// Puts it, and writes afterwards.
  @JCStressTest
  @Outcome(
      id = {"-1", "1"},
      expect = ACCEPTABLE,
      desc = "Nothing there, or all is visible.")
  @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "It is not visible.")
  @State
  public static class BrokenWritesAfterPut {
    private final Pool<int[]> pool = new Pool<>();

    @Actor
    public void putter() {
      int[] object = new int[1];
      pool.put(object);
      object[0] = 1;
    }

    @Actor
    public void getter(I_Result r) {
      int[] object = pool.get();
      r.r1 = object == null ? -1 : object[0];
    }
  }
}
