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

/// Hypothesis: a waiter that gives up while the holder unlocks either has left, or was granted what
/// the holder has let go of; no permit and no wake-up vanishes with it (MU-19).
///
/// Results: how the wait has ended (1 timed out, 3 woken to try, 4 handed over), and the word.
public final class MutexLeaveStress {
  private MutexLeaveStress() {}

  static void leave(Mutex mutex, Seat seat) {
    if (seat.timesOut()) {
      Contention.leave(mutex, mutex.queue(), seat.node);
    }
  }

  /// Normal mode.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It has left; the mutex is free.")
  @Outcome(id = "3, 2", expect = ACCEPTABLE, desc = "It was woken; the mutex is free.")
  @Outcome(expect = FORBIDDEN, desc = "It is neither, or the word is wrong.")
  @State
  public static class AgainstUnlock {
    private final Seat seat = new Seat();
    private final Mutex mutex = MutexHandOverStress.lockedWith(seat, false);

    @Actor
    public void holder() {
      mutex.unlock();
    }

    @Actor
    public void waiter() {
      leave(mutex, seat);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = seat.outcome();
      r.r2 = mutex.state();
    }
  }

  /// Starvation mode: the mutex is handed over, or free.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It has left; the mutex is free.")
  @Outcome(id = "4, 5", expect = ACCEPTABLE, desc = "It has the mutex.")
  @Outcome(expect = FORBIDDEN, desc = "It is neither, or the word is wrong.")
  @State
  public static class AgainstHandOver {
    private final Seat seat = new Seat();
    private final Mutex mutex = MutexHandOverStress.lockedWith(seat, true);

    @Actor
    public void holder() {
      mutex.unlock();
    }

    @Actor
    public void waiter() {
      leave(mutex, seat);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = seat.outcome();
      r.r2 = mutex.state();
    }
  }

  /// Another one stands behind it: that one is woken instead.
  @JCStressTest
  @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "It has left; the next one was woken.")
  @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "It was woken; the next one waits.")
  @Outcome(expect = FORBIDDEN, desc = "Nobody was woken, or both.")
  @State
  public static class NextIsWoken {
    private final Seat seat = new Seat();
    private final Seat next = new Seat();
    private final Mutex mutex = MutexHandOverStress.lockedWith(seat, false);

    public NextIsWoken() {
      Contention.lockOrQueue(mutex, mutex.queue(), next.node, false, false, false);
    }

    @Actor
    public void holder() {
      mutex.unlock();
    }

    @Actor
    public void waiter() {
      leave(mutex, seat);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = seat.outcome();
      r.r2 = next.outcome();
      mutex.checkInvariants();
    }
  }

  /// Who leaves takes itself off the count without looking whether somebody has done so.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It has left; the mutex is free.")
  @Outcome(id = "3, 2", expect = ACCEPTABLE, desc = "It was woken; the mutex is free.")
  @Outcome(id = "1, -8", expect = ACCEPTABLE_INTERESTING, desc = "Taken off the count twice.")
  @State
  public static class BrokenLeavesTwice {
    private final Seat seat = new Seat();
    private final Mutex mutex = MutexHandOverStress.lockedWith(seat, false);

    @Actor
    public void holder() {
      mutex.unlock();
    }

    @Actor
    public void waiter() {
      if (seat.timesOut()) {
        mutex.queue().lock();
        mutex.queue().remove(seat.node);
        int seen;
        do {
          seen = mutex.state();
        } while (!mutex.cas(seen, seen - MutexState.ONE_WAITER));
        mutex.queue().unlock();
      }
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = seat.outcome();
      r.r2 = mutex.state();
    }
  }

  /// Whoever unlocks wakes the first one, and does not look whether it has left.
  @JCStressTest
  @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "It has left; the next one was woken.")
  @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "It was woken; the next one waits.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "The wake-up left with it.")
  @State
  public static class BrokenWakesTheFirstOnly {
    private final Seat seat = new Seat();
    private final Seat next = new Seat();
    private final Mutex mutex = MutexHandOverStress.lockedWith(seat, false);

    public BrokenWakesTheFirstOnly() {
      Contention.lockOrQueue(mutex, mutex.queue(), next.node, false, false, false);
    }

    @Actor
    public void holder() {
      mutex.queue().lock();
      int seen;
      do {
        seen = mutex.state();
      } while (!mutex.cas(
          seen, (seen & ~MutexState.LOCKED | MutexState.WOKEN) - MutexState.ONE_WAITER));
      mutex.queue().poll().decide(0);
      mutex.queue().unlock();
    }

    @Actor
    public void waiter() {
      leave(mutex, seat);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = seat.outcome();
      r.r2 = next.outcome();
    }
  }
}
