package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: one thread at a time is between lock and unlock of a channel, and sees what those
/// before it have done there.
///
/// The result is a plain counter that both have counted up.
public final class ChannelLockStress {
  private ChannelLockStress() {}

  /// The real lock.
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(expect = FORBIDDEN, desc = "Both were in the critical section.")
  @State
  public static class Exclusion {
    private final Channel<Integer> lock = Channel.make();
    private int counter;

    private void count() {
      lock.lock();
      counter++;
      lock.unlock();
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

  /// Waits until the lock is free, then takes it, without a compare-and-set.
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "Both were in the critical section.")
  @State
  public static class BrokenTestThenStore {
    private volatile int locked;
    private int counter;

    private void count() {
      while (locked != 0) {
        Thread.onSpinWait();
      }
      locked = 1;
      counter++;
      locked = 0;
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
}
