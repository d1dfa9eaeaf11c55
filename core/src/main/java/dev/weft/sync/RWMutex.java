package dev.weft.sync;

import dev.weft.base.FatalError;
import dev.weft.internal.park.StackProbe;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/// A lock for any number of readers or one writer: `sync.RWMutex`.
///
/// ```java
/// private final RWMutex mutex = new RWMutex();
///
/// Value find(Key key) {
///   mutex.rlock();
///   try {
///     return table.get(key);
///   } finally {
///     mutex.runlock();
///   }
/// }
/// ```
///
/// **It is not reentrant and has no owner**, like [Mutex]. A reader must not lock it again, not
/// even for reading: if a writer comes in between, both wait for ever (RW-7). A reader cannot
/// become a writer or the other way round (RW-8). With `-Dweft.debug=locks` a thread that holds it
/// for writing and locks it again, for reading or writing, gets a [FatalError]; about readers
/// nothing is recorded.
///
/// A writer that waits goes before readers that come after it (RW-3); when it unlocks, all readers
/// that have come meanwhile go before the next writer (RW-6). So neither side starves. A writer
/// that gives up, by interrupt or timeout, lets those readers go on.
///
/// It pays when reading takes long, or when many processors read: to lock for reading is one atomic
/// addition to a word that all readers share, no cheaper than a [Mutex] that nobody else wants.
///
/// Any kind of thread may use it. Memory: what a writer does before it unlocks is visible to
/// whoever locks afterwards; what a reader does before it unlocks is visible to the next writer
/// (RW-14). There may be up to 2^30 readers at a time, those that wait included (RW-13). Equality
/// is identity.
public final class RWMutex extends RWState implements ReadWriteLock {

  // Whether a writer writes; set and cleared by it. To find a misplaced unlock, nothing else.
  private boolean writing;

  private int uses = 1;

  private final RWView readers = new RWView.Readers(this);
  private final RWView writer = new RWView.Writer(this);

  /// Creates an unlocked one.
  public RWMutex() {
    super(new Mutex());
  }

  /// For Linkage, as that of Mutex.
  RWMutex(Linkage linkage) {
    super(new Mutex(linkage));
  }

  /// A number that is another one after each use.
  int anyNumber() {
    return uses;
  }

  // ---- Reading ----

  /// Locks for reading: `RLock`. Waits while somebody writes, or waits to write. Interrupts are
  /// kept for later: the flag is set on return if one came.
  ///
  /// @throws FatalError if 2^30 read or wait to read: somebody forgets to unlock; or if the thread
  ///   holds it for writing and `-Dweft.debug=locks` is set
  public void rlock() {
    beforeReading();
    long before = add(1);
    if (stopsReaders(before)) {
      try {
        RWContention.awaitReading(this, before, false, Contention.NEVER);
      } catch (InterruptedException impossible) {
        throw new AssertionError("an uninterruptible wait was interrupted", impossible);
      }
    }
  }

  /// Locks for reading, and waits until that is possible or the thread is interrupted. If both come
  /// the lock wins: the call returns, with the flag set.
  ///
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; the flag is then cleared
  /// @throws FatalError as [#rlock()]
  public void rlockInterruptibly() throws InterruptedException {
    Mutex.checkInterrupt();
    readBefore(Contention.NEVER);
  }

  /// Locks for reading unless somebody writes or waits to write: `TryRLock`. Never waits, and does
  /// not look at the interrupt flag (RW-10).
  ///
  /// @return whether the caller has locked it
  /// @throws FatalError if 2^30 read
  public boolean tryRlock() {
    StackProbe.ensureRelease(anyNumber());
    long seen;
    do {
      seen = state();
      if (stopsReaders(seen)) {
        if (hasWriter(seen)) {
          return false;
        }
        throw RWContention.tooMany(this);
      }
    } while (!cas(seen, seen + 1));
    return true;
  }

  /// Locks for reading, and waits for a bounded time until that is possible.
  ///
  /// @param timeout how long to wait at most; zero or less tries once
  /// @return whether the caller has locked it
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; the flag is then cleared
  /// @throws FatalError as [#rlock()]
  public boolean tryRlock(Duration timeout) throws InterruptedException {
    return readWithin(TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(timeout, "timeout")));
  }

  boolean readWithin(long nanos) throws InterruptedException {
    Mutex.checkInterrupt();
    return nanos <= 0 ? tryRlock() : readBefore(Contention.deadline(nanos));
  }

  boolean readBefore(long deadline) throws InterruptedException {
    beforeReading();
    long before = add(1);
    return !stopsReaders(before) || RWContention.awaitReading(this, before, true, deadline);
  }

  private void beforeReading() {
    if (LockDebug.ON) {
      LockDebug.checkNotOwned(writers, this);
    }
    StackProbe.ensureRelease(anyNumber());
  }

  /// Unlocks what was locked for reading: `RUnlock`. Any thread may do it.
  ///
  /// @throws FatalError if nobody has locked it for reading: `sync: RUnlock of unlocked RWMutex`
  ///   (RW-9). While others read, or wait to read, one too many is not noticed
  public void runlock() {
    uses++;
    long seen = state();
    if (hasWriter(seen) || readers(seen) == 0 || !cas(seen, seen - 1)) {
      RWContention.runlock(this);
    }
  }

  // ---- Writing ----

  /// Locks for writing: `Lock`. Waits for other writers, and then for those who read. Interrupts
  /// are kept for later: the flag is set on return if one came.
  ///
  /// @throws FatalError if the thread holds it for writing and `-Dweft.debug=locks` is set; without
  ///   that flag it waits for ever
  public void lock() {
    beforeWriting();
    writers.lockUnprobed();
    try {
      writeBefore(false, Contention.NEVER);
    } catch (InterruptedException impossible) {
      throw new AssertionError("an uninterruptible wait was interrupted", impossible);
    }
  }

  /// Locks for writing, and waits until that is possible or the thread is interrupted. If both come
  /// the lock wins: the call returns, with the flag set.
  ///
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; the flag is then cleared
  /// @throws FatalError as [#lock()]
  public void lockInterruptibly() throws InterruptedException {
    Mutex.checkInterrupt();
    beforeWriting();
    writers.lockInterruptibly();
    writeBefore(true, Contention.NEVER);
  }

  /// Locks for writing if that is possible at once: `TryLock`. Never waits, and does not look at
  /// the interrupt flag (RW-10).
  ///
  /// @return whether the caller has locked it
  public boolean tryLock() {
    StackProbe.ensureRelease(anyNumber());
    if (!writers.tryLock()) {
      return false;
    }
    boolean locked = false;
    try {
      locked = startWriting();
    } finally {
      if (!locked) {
        writers.unlock();
      }
    }
    return locked;
  }

  /// Locks for writing, and waits for a bounded time until that is possible.
  ///
  /// @param timeout how long to wait at most; zero or less tries once
  /// @return whether the caller has locked it
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; the flag is then cleared
  public boolean tryLock(Duration timeout) throws InterruptedException {
    return writeWithin(TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(timeout, "timeout")));
  }

  boolean writeWithin(long nanos) throws InterruptedException {
    Mutex.checkInterrupt();
    if (nanos <= 0) {
      return tryLock();
    }
    beforeWriting();
    long deadline = Contention.deadline(nanos);
    return writers.lockBefore(deadline) && writeBefore(true, deadline);
  }

  private void beforeWriting() {
    if (LockDebug.ON) {
      LockDebug.checkNotOwned(writers, this);
    }
    StackProbe.ensureRelease(anyNumber());
  }

  /// With the writers' mutex, which is let go of if this fails.
  private boolean writeBefore(boolean interruptible, long deadline) throws InterruptedException {
    boolean locked = false;
    try {
      locked = startWriting() || RWContention.awaitWriting(this, interruptible, deadline);
    } finally {
      if (locked) {
        writing = true;
      } else {
        writers.unlock();
      }
    }
    return locked;
  }

  /// Begins to write if nobody reads. With the writers' mutex.
  private boolean startWriting() {
    queue(); // must be there before the first announcement
    long seen = state();
    while (readers(seen) == 0) {
      if (cas(seen, seen + ONE_PHASE)) {
        writing = true;
        return true;
      }
      seen = state();
    }
    return false;
  }

  /// Unlocks what was locked for writing: `Unlock`. All readers that wait are let in, then the next
  /// writer may come. Any thread may do it.
  ///
  /// @throws FatalError if it is not locked for writing: `sync: Unlock of unlocked RWMutex` (RW-9)
  public void unlock() {
    uses++;
    long seen = state();
    checkWriting();
    writing = false;
    while (!cas(seen, seen + ONE_PHASE)) {
      seen = state();
      if (!hasWriter(seen)) {
        throw notLocked();
      }
    }
    try {
      if (readers(seen) != 0) {
        RWContention.releaseReaders(this);
      }
    } finally {
      writers.unlock();
    }
  }

  /// Whether somebody writes; a writer that still waits is no writer.
  private void checkWriting() {
    if (!writing || !hasWriter(state())) {
      throw notLocked();
    }
  }

  private FatalError notLocked() {
    return new FatalError(
        "sync: Unlock of unlocked RWMutex: "
            + this
            + "; call unlock() once for each lock(), after it has returned");
  }

  // ---- As locks of java.util.concurrent ----

  /// {@return this one for readers, as a lock: Go's `RLocker`} Always the same object. It has no
  /// conditions of its own; use a [Cond].
  public Lock rlocker() {
    return readers;
  }

  /// {@return the same as [#rlocker()]}
  @Override
  public Lock readLock() {
    return readers;
  }

  /// {@return this one for writers, as a lock} Always the same object. It has conditions.
  @Override
  public Lock writeLock() {
    return writer;
  }

  /// Before a condition of the write lock is used.
  void checkHeld() {
    if (!writing) {
      throw new IllegalMonitorStateException(
          this
              + " is not locked for writing: lock it before you wait for a condition of it or signal"
              + " one");
    }
    if (LockDebug.ON && LockDebug.ownedByAnother(writers)) {
      throw new IllegalMonitorStateException(
          this + " is locked, but not by the calling thread, " + Thread.currentThread());
    }
  }

  /// `RWMutex@1a2b[2 readers]`: a snapshot.
  @Override
  public String toString() {
    return "RWMutex@" + Integer.toHexString(hashCode()) + "[" + describe(state()) + "]";
  }
}
