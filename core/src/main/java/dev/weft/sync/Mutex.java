package dev.weft.sync;

import dev.weft.base.FatalError;
import dev.weft.internal.park.StackProbe;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// A lock that is fast while nobody waits for long, and fair when somebody does: `sync.Mutex`.
///
/// ```java
/// private final Mutex mutex = new Mutex();
///
/// void add(Entry entry) {
///   mutex.lock();
///   try {
///     entries.add(entry);
///   } finally {
///     mutex.unlock();
///   }
/// }
/// ```
///
/// **It is not reentrant and has no owner.** A thread that locks it twice waits for ever, and any
/// thread may unlock what another one has locked (MU-2, MU-3). To find such mistakes run with
/// `-Dweft.debug=locks`: then a thread that locks a mutex which it holds gets a [FatalError] that
/// says where it was locked.
///
/// Any kind of thread may use it: goroutines of both backends, virtual and platform threads, at the
/// same time. Normally whoever comes at the right moment gets it, even if others wait: that keeps
/// processors busy. When somebody has waited for more than a millisecond, the mutex is handed over
/// in the order of waiting until the last one in the queue has it, or one that has not waited for
/// so long (MU-5 to MU-11).
///
/// Memory: what a thread does before it unlocks is visible to whoever locks afterwards. A try that
/// fails makes nothing visible (MU-18).
///
/// Equality is identity. It cannot be copied.
public final class Mutex extends MutexState implements Lock {

  /// Creates an unlocked mutex.
  public Mutex() {
    Linkage.prepare();
  }

  /// For Linkage, which is there when the first one is made.
  Mutex(Linkage linkage) {
    Objects.requireNonNull(linkage);
  }

  /// Locks, and waits until that is possible. Interrupts are kept for later: the flag is set on
  /// return if one came (MU-20).
  ///
  /// @throws FatalError if the thread holds it already and `-Dweft.debug=locks` is set; without
  ///   that flag it waits for ever
  @Override
  public void lock() {
    if (LockDebug.ON) {
      LockDebug.checkNotOwned(this, this);
    }
    StackProbe.ensureRelease(anyNumber());
    if (!cas(0, LOCKED)) {
      lockSlowly();
    }
    if (LockDebug.ON) {
      LockDebug.locked(this);
    }
  }

  private void lockSlowly() {
    if (barge()) {
      return;
    }
    try {
      Contention.lock(this, false, Contention.NEVER);
    } catch (InterruptedException impossible) {
      throw new AssertionError("an uninterruptible wait was interrupted", impossible);
    }
  }

  /// Locks if it is free, even if others wait for it (MU-5). While somebody waits, each lock and
  /// unlock of those who run comes by here: on the way to wait, which is long, a mutex that two
  /// processors want took three times as long.
  private boolean barge() {
    int seen = state();
    return (seen & (LOCKED | STARVING)) == 0 && cas(seen, seen | LOCKED);
  }

  /// Locks, and waits until that is possible or the thread is interrupted. If the mutex came and an
  /// interrupt too, the mutex wins: the call returns, with the flag set (MU-19).
  ///
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; the flag is then cleared and the mutex not locked
  /// @throws FatalError as [#lock()]
  @Override
  public void lockInterruptibly() throws InterruptedException {
    checkInterrupt();
    if (LockDebug.ON) {
      LockDebug.checkNotOwned(this, this);
    }
    StackProbe.ensureRelease(anyNumber());
    if (!cas(0, LOCKED) && !barge()) {
      Contention.lock(this, true, Contention.NEVER);
    }
    if (LockDebug.ON) {
      LockDebug.locked(this);
    }
  }

  /// Locks if that is possible at once: `TryLock`. Never waits, and does not look at the interrupt
  /// flag. Fails also when it is free but about to be taken by somebody else (MU-14).
  ///
  /// @return whether the caller has locked it
  @Override
  public boolean tryLock() {
    StackProbe.ensureRelease(anyNumber());
    boolean locked = barge();
    if (LockDebug.ON && locked) {
      LockDebug.locked(this);
    }
    return locked;
  }

  /// Locks, and waits for a bounded time until that is possible.
  ///
  /// @param timeout how long to wait at most; zero or less tries once
  /// @return whether the caller has locked it; false when the time has passed
  /// @throws InterruptedException as [#lockInterruptibly()]
  /// @throws FatalError as [#lock()], if it would wait
  public boolean tryLock(Duration timeout) throws InterruptedException {
    return tryLockNanos(TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(timeout, "timeout")));
  }

  /// Locks, and waits for a bounded time until that is possible.
  ///
  /// @param time how long to wait at most, in units; zero or less tries once
  /// @param unit the unit
  /// @return whether the caller has locked it; false when the time has passed
  /// @throws InterruptedException as [#lockInterruptibly()]
  /// @throws FatalError as [#lock()], if it would wait
  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    return tryLockNanos(Objects.requireNonNull(unit, "unit").toNanos(time));
  }

  private boolean tryLockNanos(long nanos) throws InterruptedException {
    checkInterrupt();
    return nanos <= 0 ? tryLock() : lockBefore(Contention.deadline(nanos));
  }

  /// Locks for an [RWMutex], which has probed the stack.
  void lockUnprobed() {
    if (!cas(0, LOCKED)) {
      lockSlowly();
    }
    if (LockDebug.ON) {
      LockDebug.locked(this);
    }
  }

  /// Locks before a moment on the clock of the runtime.
  boolean lockBefore(long deadline) throws InterruptedException {
    if (LockDebug.ON) {
      LockDebug.checkNotOwned(this, this);
    }
    boolean locked = tryLock() || Contention.lock(this, true, deadline);
    if (LockDebug.ON && locked) {
      LockDebug.locked(this);
    }
    return locked;
  }

  /// Unlocks. Whoever waits may try for it, or in turn has it: then a goroutine that unlocks lets
  /// the other one run first (MU-10). Any thread may do it; it is not interrupted.
  ///
  /// @throws FatalError if it is not locked: `sync: unlock of unlocked mutex` (MU-4)
  @Override
  public void unlock() {
    if (LockDebug.ON) {
      LockDebug.unlocked(this);
    }
    countUse();
    if (!cas(LOCKED, 0)) {
      Contention.unlock(this);
    }
  }

  /// A new condition that belongs to this mutex. Its methods must be called while the mutex is
  /// locked, by the thread that has locked it: on an unlocked mutex they throw
  /// `IllegalMonitorStateException`. That another thread holds it is only noticed with
  /// `-Dweft.debug=locks` (MU-21).
  ///
  /// Who waits is woken in the order of waiting, and nobody for no reason; but others may have had
  /// the mutex before, so wait in a loop.
  ///
  /// @return the condition
  @Override
  public Condition newCondition() {
    return new LockCondition(this, this::checkHeld);
  }

  private void checkHeld() {
    if (!isLocked()) {
      throw new IllegalMonitorStateException(
          this + " is not locked: lock it before you wait for a condition of it or signal one");
    }
    if (LockDebug.ON && LockDebug.ownedByAnother(this)) {
      throw new IllegalMonitorStateException(
          this + " is locked, but not by the calling thread, " + Thread.currentThread());
    }
  }

  static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to a mutex");
    }
  }

  /// `Mutex@1a2b[locked, 2 waiting]`: a snapshot.
  @Override
  public String toString() {
    return "Mutex@" + Integer.toHexString(hashCode()) + "[" + describe(state()) + "]";
  }
}
