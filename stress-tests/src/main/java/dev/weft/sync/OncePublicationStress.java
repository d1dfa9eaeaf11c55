package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: code runs once, and whoever returns from run() sees what it has written (ONCE-1,
/// ONCE-2, ONCE-6).
///
/// Results: what two callers have seen of a counter that the code counts up.
public final class OncePublicationStress {
  private OncePublicationStress() {}

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Run once, and visible to both.")
  @Outcome(expect = FORBIDDEN, desc = "Run twice, or not visible.")
  @State
  public static class Run {
    private final Once once = new Once();
    private int counter;

    private int call() {
      once.run(() -> counter++);
      return counter;
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = call();
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = call();
    }
  }

  /// A value that is computed once.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Computed once, and visible to both.")
  @Outcome(expect = FORBIDDEN, desc = "Computed twice, or not visible.")
  @State
  public static class Value {
    private int counter;
    private final OnceValue<int[]> value = OnceValue.of(() -> new int[] {++counter});

    @Actor
    public void first(II_Result r) {
      r.r1 = value.get()[0];
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = value.get()[0];
    }
  }

  /// The flag is set before the code runs.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Run once, and visible to both.")
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "One has returned while the code still ran.")
  @State
  public static class BrokenFlagFirst {
    private final Mutex mutex = new Mutex();
    private volatile boolean done;
    private int counter;

    private int call() {
      if (!done) {
        mutex.lock();
        try {
          if (!done) {
            done = true;
            counter++;
          }
        } finally {
          mutex.unlock();
        }
      }
      return counter;
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = call();
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = call();
    }
  }
}
