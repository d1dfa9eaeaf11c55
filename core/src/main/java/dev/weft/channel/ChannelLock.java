package dev.weft.channel;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.park.Backoff;
import dev.weft.internal.park.StackProbe;
import java.lang.invoke.VarHandle;

/// The spin lock of a channel: Go's `hchan.lock`.
abstract class ChannelLock {

  /*
   * ChannelLock: held for a few instructions, by threads that neither park nor allocate nor run user
   * code while they hold it. So it needs no queue; what matters is how those wait who find it taken.
   *
   * Origin.   Go's runtime mutex spins a little and then sleeps on a futex. A goroutine here must not
   *           sleep with its carrier, and parking costs more than any wait for this lock.
   *
   * States    FREE (0)    nobody
   *           TAKEN (1)   the thread whose compare-and-set succeeded, until it stores FREE
   *
   * Waiting   Backoff: pauses that double, then the waiting thread gives up its processor.
   *
   *           A select waits for one lock while it holds others, and may give up its processor even
   *           then: the holder of the other lock may be a goroutine that did the same.
   *
   * Linearization   lock: the CAS. unlock: the store.
   *
   * Memory ordering
   *   locked   CAS (lock)             acquires: the critical section stays below it
   *   locked   setRelease (unlock)    the critical section stays above it; the next holder's CAS reads
   *                                   this value and so sees all of it
   *   locked   volatile store         the same, where there is no stack left for a call
   *   locked   getOpaque (waiting)    only whether to try
   *
   *   unlocks  plain, under the lock  plain, anywhere: a number for the stack probe, nothing else
   *
   *   Release is enough: who looks at a channel without its lock, and answers by that look, has a
   *   full fence before it (ChannelCore); everybody else locks, and the CAS orders it after the
   *   store. Who unlocks and then wakes a waiter has decided the wait before (Waiter).
   *
   * Overflow  A StackOverflowError under the lock would leave it taken for ever. Most who lock have
   *           probed the stack. The two paths that neither wait nor wake have not (lockUnprobed):
   *           the probes were two fifths of the time of an uncontended send and receive. Between
   *           the CAS and the last change they only read and write fields, but for questions that
   *           come before the first change; and an overflow comes with a call. If the unlock
   *           itself overflows, they store 0 in their own frame: its store is the last thing it
   *           does, so the lock is still theirs then.
   *
   * Evidence  ChannelLockStress, with a twin that takes the lock without the compare-and-set;
   *           UnprobedLockTest.
   */

  /// Apart, so that this class has no initializer: [Linkage].
  private static final class Handles {
    static final VarHandle LOCKED =
        fieldVarHandle(lookup(), "locked", VarHandle.class, ChannelLock.class, int.class);
  }

  /// An odd number near 2^32 divided by the golden ratio. A constant needs no initializer.
  private static final int MIXER = 0x9E3779B9;

  /// Used by its VarHandle. Volatile for those who have no stack left to call that: they store 0.
  volatile int locked;

  private int unlocks = 1;

  /// Takes the lock; waits for it if it is taken, actively and without looking at interrupts.
  final void lock() {
    if (!Handles.LOCKED.compareAndSet(this, 0, 1)) {
      lockSlowly();
    }
  }

  final void unlock() {
    unlocks++;
    Handles.LOCKED.setRelease(this, 0);
  }

  /// Takes the lock, for a caller that has not probed the stack. If it overflows the lock was not
  /// taken: nothing is called after the compare-and-set.
  final void lockUnprobed() {
    if (!Handles.LOCKED.compareAndSet(this, 0, 1)) {
      StackProbe.ensureMany(anyNumber());
      lockSlowly();
    }
  }

  /// A number for the stack probe that is another one after each operation. Without the lock.
  ///
  /// Mixed, since some operations do not ask: with two of them by turns the other one would see odd
  /// counts only, and the probe would never take the branch that it has to take now and then.
  final int anyNumber() {
    return (unlocks * MIXER) >>> 16;
  }

  /// For Linkage: a select links nothing while it holds the locks of other channels.
  final void lockSlowly() {
    int attempt = 0;
    do {
      Backoff.pause(attempt++);
    } while ((int) Handles.LOCKED.getOpaque(this) != 0
        || !Handles.LOCKED.compareAndSet(this, 0, 1));
  }
}
