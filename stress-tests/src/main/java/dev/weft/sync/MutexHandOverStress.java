package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: a mutex that is handed over has one holder: the first in the queue, whoever else
/// comes (MU-9). One that is unlocked while somebody waits, and spins, is left to one of them
/// (MU-13).
public final class MutexHandOverStress {
  private MutexHandOverStress() {}

  /// A locked mutex with somebody in the queue.
  static Mutex lockedWith(Seat seat, boolean starving) {
    Mutex mutex = new Mutex();
    mutex.lock();
    Contention.lockOrQueue(mutex, mutex.queue(), seat.node, false, false, starving);
    return mutex;
  }

  /// Results: whether the one in the queue is the holder, whether the one who tries is, and the
  /// word.
  @JCStressTest
  @Outcome(id = "1, 0, 5", expect = ACCEPTABLE, desc = "The first in the queue has it.")
  @Outcome(expect = FORBIDDEN, desc = "Two holders, or another one, or none.")
  @State
  public static class AgainstTry {
    private final Seat seat = new Seat();
    private final Mutex mutex = lockedWith(seat, true);

    @Actor
    public void holder() {
      mutex.unlock();
    }

    @Actor
    public void newcomer(III_Result r) {
      r.r2 = mutex.tryLock() ? 1 : 0;
    }

    @Arbiter
    public void result(III_Result r) {
      r.r1 = seat.outcome() == Contention.HANDED_OVER ? 1 : 0;
      r.r3 = mutex.state();
    }
  }

  /// A newcomer queues up behind. Results as above, and the length of the queue in the word.
  @JCStressTest
  @Outcome(id = "1, 0, 13", expect = ACCEPTABLE, desc = "The first has it, the newcomer waits.")
  @Outcome(expect = FORBIDDEN, desc = "Two holders, or another one, or none.")
  @State
  public static class AgainstNewcomer {
    private final Seat seat = new Seat();
    private final Seat other = new Seat();
    private final Mutex mutex = lockedWith(seat, true);

    @Actor
    public void holder() {
      mutex.unlock();
    }

    @Actor
    public void newcomer(III_Result r) {
      r.r2 = Contention.lockOrQueue(mutex, mutex.queue(), other.node, false, false, false) ? 1 : 0;
    }

    @Arbiter
    public void result(III_Result r) {
      r.r1 = seat.outcome() == Contention.HANDED_OVER ? 1 : 0;
      r.r3 = mutex.state();
      mutex.checkInvariants();
    }
  }

  /// Frees it, as in normal mode, before the heir is told; and the one who tries does not look at
  /// the mode.
  @JCStressTest
  @Outcome(id = "1, 0, 5", expect = ACCEPTABLE, desc = "The first in the queue has it.")
  @Outcome(id = "1, 1, 5", expect = ACCEPTABLE_INTERESTING, desc = "Two holders.")
  @State
  public static class BrokenFreedFirst {
    private final Seat seat = new Seat();
    private final Mutex mutex = lockedWith(seat, true);

    @Actor
    public void holder() {
      mutex.cas(mutex.state(), mutex.state() & ~MutexState.LOCKED);
      mutex.queue().lock();
      Contention.takeOne(mutex, mutex.queue(), 1);
      mutex.queue().unlock();
      int seen;
      do {
        seen = mutex.state();
      } while (!mutex.cas(seen, seen | MutexState.LOCKED));
    }

    @Actor
    public void newcomer(III_Result r) {
      int seen = mutex.state();
      boolean free = (seen & MutexState.LOCKED) == 0;
      r.r2 = free && mutex.cas(seen, seen | MutexState.LOCKED) ? 1 : 0;
    }

    @Arbiter
    public void result(III_Result r) {
      r.r1 = seat.outcome() == Contention.HANDED_OVER ? 1 : 0;
      r.r3 = mutex.state();
    }
  }

  /// A spinner tells the holder to wake nobody, which unlocks. Results: whether the one in the
  /// queue was woken, whether the spinner holds the flag, and the word.
  @JCStressTest
  @Outcome(id = "1, 0, 2", expect = ACCEPTABLE, desc = "The one in the queue tries for it.")
  @Outcome(id = "0, 1, 10", expect = ACCEPTABLE, desc = "The spinner tries for it.")
  @Outcome(expect = FORBIDDEN, desc = "Nobody does, or both.")
  @State
  public static class SpinnerAgainstUnlock {
    private final Seat seat = new Seat();
    private final Mutex mutex = lockedWith(seat, false);

    @Actor
    public void holder() {
      mutex.unlock();
    }

    @Actor
    public void spinner(III_Result r) {
      int seen = mutex.state();
      boolean locked = (seen & MutexState.LOCKED) != 0;
      r.r2 = locked && Contention.claimWoken(mutex, seen) ? 1 : 0;
    }

    @Arbiter
    public void result(III_Result r) {
      r.r1 = seat.isPending() ? 0 : 1;
      r.r3 = mutex.state();
    }
  }

  /// The spinner sets the flag whatever has become of the word meanwhile.
  @JCStressTest
  @Outcome(id = "1, 0, 2", expect = ACCEPTABLE, desc = "The one in the queue tries for it.")
  @Outcome(id = "0, 1, 10", expect = ACCEPTABLE, desc = "The spinner tries for it.")
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE_INTERESTING, desc = "Both hold the flag.")
  @State
  public static class BrokenClaimOfAnotherWord {
    private final Seat seat = new Seat();
    private final Mutex mutex = lockedWith(seat, false);

    @Actor
    public void holder() {
      mutex.unlock();
    }

    @Actor
    public void spinner(III_Result r) {
      int seen = mutex.state();
      boolean wanted =
          (seen & (MutexState.LOCKED | MutexState.WOKEN)) == MutexState.LOCKED
              && MutexState.waiters(seen) != 0;
      if (wanted) {
        do {
          seen = mutex.state();
        } while (!mutex.cas(seen, seen | MutexState.WOKEN));
      }
      r.r2 = wanted ? 1 : 0;
    }

    @Arbiter
    public void result(III_Result r) {
      r.r1 = seat.isPending() ? 0 : 1;
      r.r3 = mutex.state();
    }
  }
}
