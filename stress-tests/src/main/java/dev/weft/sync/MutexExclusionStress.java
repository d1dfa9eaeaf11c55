package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: one thread at a time has a mutex, and sees what those before it have done (MU-1,
/// MU-18).
public final class MutexExclusionStress {
  private MutexExclusionStress() {}

  /// Both lock; they may have to wait for each other.
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(expect = FORBIDDEN, desc = "Both had it, or one did not see the other.")
  @State
  public static class Lock {
    private final Mutex mutex = new Mutex();
    private int counter;

    private void count() {
      mutex.lock();
      try {
        counter++;
      } finally {
        mutex.unlock();
      }
    }

    @Actor
    public void first() {
      count();
    }

    @Actor
    public void second() {
      count();
    }

    @Arbiter
    public void result(I_Result r) {
      r.r1 = counter;
    }
  }

  /// Both try a free one, and nobody unlocks (MU-14).
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One has it.")
  @Outcome(expect = FORBIDDEN, desc = "Both have it, or nobody has.")
  @State
  public static class Try {
    private final Mutex mutex = new Mutex();

    @Actor
    public void first(II_Result r) {
      r.r1 = mutex.tryLock() ? 1 : 0;
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = mutex.tryLock() ? 1 : 0;
    }
  }

  /// Looks whether it is free, and then takes it, in two steps.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One has it.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "Both have it.")
  @State
  public static class BrokenLookThenTake {
    private volatile int state;

    private int take() {
      if ((state & MutexState.LOCKED) != 0) {
        return 0;
      }
      state = MutexState.LOCKED;
      return 1;
    }

    @Actor
    public void first(II_Result r) {
      r.r1 = take();
    }

    @Actor
    public void second(II_Result r) {
      r.r2 = take();
    }
  }
}
