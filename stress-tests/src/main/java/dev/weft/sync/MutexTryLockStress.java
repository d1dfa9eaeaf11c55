package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a tryLock that succeeds sees what the last holder did (MU-14, MU-18).
///
/// The result is what it has seen, or -1 if it failed.
@SuppressWarnings("LockNotBeforeTry") // nobody unlocks
public final class MutexTryLockStress {
  private MutexTryLockStress() {}

  /// The holder writes and unlocks.
  @JCStressTest
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Still locked.")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "Locked, and what was written is visible.")
  @Outcome(expect = FORBIDDEN, desc = "Locked, and it is not visible.")
  @State
  public static class AgainstUnlock {
    private final Mutex mutex = new Mutex();
    private int written;

    public AgainstUnlock() {
      mutex.lock();
    }

    @Actor
    public void holder() {
      written = 1;
      mutex.unlock();
    }

    @Actor
    public void other(I_Result r) {
      r.r1 = mutex.tryLock() ? written : -1;
    }
  }

  /// The holder unlocks before it has done what it has to do.
  @JCStressTest
  @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Still locked.")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "Locked, and what was written is visible.")
  @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "Locked, and it is not visible.")
  @State
  public static class BrokenUnlockFirst {
    private final Mutex mutex = new Mutex();
    private int written;

    public BrokenUnlockFirst() {
      mutex.lock();
    }

    @Actor
    public void holder() {
      mutex.unlock();
      written = 1;
    }

    @Actor
    public void other(I_Result r) {
      r.r1 = mutex.tryLock() ? written : -1;
    }
  }
}
