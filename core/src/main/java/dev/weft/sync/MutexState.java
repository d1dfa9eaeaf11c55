package dev.weft.sync;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.park.WaitQueue;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The state of a mutex: one word, and the queue of those who wait.
abstract sealed class MutexState permits Mutex {

  /*
   * Mutex: an unfair lock that becomes fair when somebody has waited for more than a millisecond.
   *
   * Origin.   sync.Mutex of Go: the same word, the same two modes, the same threshold. Different here:
   *           the queue. Go counts a waiter in the word first and queues it in a semaphore afterwards,
   *           so the semaphore must keep permits for waiters that are still on their way. Here both
   *           happen under the queue's lock, and so does taking a waiter off: the count in the word
   *           *is* the length of the queue. A waiter that gives up (interrupt, timeout), which Go does
   *           not know, takes itself out of both in the same way. And in a hand-over the word stays
   *           LOCKED; in Go the new holder sets the bit when it comes to run (MU-9). Nobody can tell
   *           the difference, but there is no moment in which the word says that nobody has the lock.
   *
   * Word      bits 3..31 waiters   the length of the queue
   *           bit  2     STARVING  the lock is handed over in turn
   *           bit  1     WOKEN     somebody who has waited is awake and tries for the lock: wake nobody
   *           bit  0     LOCKED
   *
   * States    of the lock                          of a thread that wants it
   *   FREE     nobody                                SPINNING  itself; may hold WOKEN
   *   HELD     whoever locked it, or whoever         QUEUED    the queue; its outcome is pending
   *            was told to unlock it: no owner       AWAKE     itself; holds WOKEN
   *            is recorded                           HEIR      itself; holds the lock
   *                                                  GONE      itself: it left by timeout or interrupt
   *
   *   normal mode     unlock makes the lock FREE and wakes the first in the queue, which tries for it
   *                   like everybody else (MU-5). If it loses it goes to the front of the queue (MU-6).
   *   starvation mode unlock makes the first in the queue the holder (MU-9). Everybody else queues up
   *                   at the back without trying.
   *
   * Invariants
   *   I1  Whoever holds the queue's lock finds waiters == length of the queue.
   *   I2  STARVING implies LOCKED, and outside of the queue's lock, that somebody waits or the heir has
   *       not looked yet.
   *   I3  WOKEN is held by at most one thread; it gives it back when it locks, queues up or fails.
   *   I4  STARVING implies not WOKEN.
   *   I5  If somebody waits then it is LOCKED, or somebody holds WOKEN, or somebody who has just
   *       unlocked is on the way to wake one.
   *   Who is allowed to change what
   *       LOCKED    FREE to HELD: anybody, by CAS. HELD to FREE: who unlocks, by CAS.
   *       WOKEN     set: a spinner; who wakes, under the queue's lock. Cleared: its holder.
   *       waiters   under the queue's lock only.
   *       STARVING  set: who queues up, under the queue's lock, with the CAS that counts it. Cleared:
   *                 the heir; the last one that leaves; an unlock that finds no heir.
   *
   * Linearization   lock: the CAS that sets LOCKED; for an heir the CAS that decides its wait. unlock:
   *           the CAS that clears LOCKED, or that decides the heir's wait. A failed tryLock: its read.
   *           A lock that gives up: the CAS that decides its wait.
   *
   * Memory ordering
   *   state    CAS, volatile        all of it is in one word, so no fence is needed between two words.
   *                                 Acquire for who locks and release for who unlocks would do; the
   *                                 plain CAS is the same instruction on x86, and one rule less
   *   state    read, volatile       only what to try next; every decision is a CAS
   *   queue    CAS from null        published with its fields
   *   handing over                  the heir's outcome is read with acquire after the CAS that decided
   *                                 it (Waiter): what the last holder wrote is visible (MU-18)
   *
   *   uses     plain, by the holder       plain, by anybody: a number for the stack probe
   *
   * Stack     Who locks probes for the stack that unlocking may need, since both are usually called
   *           from the same method: else a thread near the end of its stack could lock, but not unlock.
   *
   * Races
   *   R1  unlock against queueing up.   waiter: reads LOCKED           | holder: CAS to FREE, no waiter
   *       Closed by the CAS that counts the waiter: it fails, since LOCKED has changed. If it comes
   *       first, the holder's CAS fails instead, and it sees the waiter.
   *   R2  unlock against giving up.   holder: frees it, takes W off the queue | W: has timed out
   *       W's wait is decided by one CAS. If W was first, the holder takes the next one. W comes for
   *       its entry under the queue's lock and finds that it is gone already, count included.
   *   R3  the last one to wait gives up in starvation mode   | holder: unlocks, sees STARVING
   *       Who leaves clears STARVING with the last count, under the queue's lock; the holder looks
   *       again under that lock, and goes back to the normal way.
   *   R4  a woken waiter fails before it tries (no memory for its alarm, say): WOKEN would stay for
   *       ever, and nobody be woken again. It gives WOKEN back, and if the lock is free by then it wakes
   *       the next one: Contention.passOn.
   *
   * Evidence  MutexExclusionStress, MutexHandOverStress, MutexLeaveStress, MutexTryLockStress (jcstress,
   *           with twins); MutexContract; MutexStormTest.
   */

  static final int LOCKED = 1;
  static final int WOKEN = 1 << 1;
  static final int STARVING = 1 << 2;
  static final int WAITER_SHIFT = 3;
  static final int ONE_WAITER = 1 << WAITER_SHIFT;

  /// Apart, so that the first mutex does not initialize them on the stack of whoever makes it:
  /// [Linkage].
  private static final class Handles {
    static final VarHandle STATE =
        fieldVarHandle(lookup(), "state", VarHandle.class, MutexState.class, int.class);
    static final VarHandle QUEUE =
        fieldVarHandle(lookup(), "queue", VarHandle.class, MutexState.class, WaitQueue.class);
  }

  private volatile int state;
  private volatile @Nullable WaitQueue queue;

  // Plain: another number after each use, for the stack probe; nothing else depends on it.
  private int uses = 1;

  final int state() {
    return state;
  }

  final boolean cas(int from, int to) {
    return Handles.STATE.compareAndSet(this, from, to);
  }

  static int waiters(int state) {
    return state >>> WAITER_SHIFT;
  }

  /// A number that is another one after each use.
  final int anyNumber() {
    return uses;
  }

  /// By who unlocks, before it does.
  final void countUse() {
    uses++;
  }

  final boolean isLocked() {
    return (state & LOCKED) != 0;
  }

  /// The queue; made by the first who needs it.
  final WaitQueue queue() {
    WaitQueue present = queue;
    return present != null ? present : makeQueue();
  }

  private WaitQueue makeQueue() {
    WaitQueue made = LockDebug.ON ? new LockDebug() : new WaitQueue();
    WaitQueue first = (WaitQueue) Handles.QUEUE.compareAndExchange(this, null, made);
    return first == null ? made : first;
  }

  /// Fails with an AssertionError if word and queue contradict each other. At quiescence, or with
  /// waiters that are all blocked.
  final void checkInvariants() {
    WaitQueue present = queue;
    int waiting = 0;
    if (present != null) {
      present.lock();
      try {
        present.checkInvariants();
        waiting = present.size();
      } finally {
        present.unlock();
      }
    }
    int seen = state;
    boolean idle = (seen & (LOCKED | WOKEN)) == 0;
    if (waiters(seen) != waiting
        || (seen & (STARVING | LOCKED)) == STARVING
        || (seen & (STARVING | WOKEN)) == (STARVING | WOKEN)
        || (idle && waiting != 0)) {
      throw new AssertionError(waiting + " wait, but the word says: " + describe(seen));
    }
  }

  static String describe(int state) {
    StringBuilder text = new StringBuilder((state & LOCKED) == 0 ? "unlocked" : "locked");
    if (waiters(state) != 0) {
      text.append(", ").append(waiters(state)).append(" waiting");
    }
    if ((state & WOKEN) != 0) {
      text.append(", one awake");
    }
    if ((state & STARVING) != 0) {
      text.append(", handed over in turn");
    }
    return text.toString();
  }
}
