package dev.weft.sync;

import dev.weft.base.FatalError;
import dev.weft.internal.park.Waiter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/// A place to wait until something may have changed, and to tell those who wait: `sync.Cond`.
///
/// ```java
/// Mutex mutex = new Mutex();
/// Cond notEmpty = new Cond(mutex);
///
/// mutex.lock();
/// try {
///   while (queue.isEmpty()) {
///     notEmpty.await();        // lets go of the mutex, waits, locks it again
///   }
///   return queue.remove();
/// } finally {
///   mutex.unlock();
/// }
/// ```
///
/// Wait in a loop, always: nobody is woken for no reason, but between the signal and the moment
/// when the waiting thread has locked again somebody else may have had its turn (COND-7). Signals
/// go to those who wait, in the order of waiting; one that finds nobody is not remembered (COND-2,
/// 4, 8). A channel often does the same with less to get wrong.
///
/// The lock may be any [Lock], such as a [Mutex], either side of an [RWMutex], or a `ReentrantLock`
/// (COND-10). It is unlocked once and locked once: of a reentrant lock that the thread holds twice,
/// the other hold stays. Any kind of thread may wait and signal. Memory: what a thread does before
/// it signals is visible to whom the signal wakes (COND-11).
public final class Cond {

  private final Lock lock;
  private final NotifyList waiting;

  /// Creates a condition: `sync.NewCond`.
  ///
  /// @param lock what is locked by those who wait; not null
  public Cond(Lock lock) {
    Linkage.prepare();
    this.lock = Objects.requireNonNull(lock, "lock");
    this.waiting = new NotifyList();
  }

  /// {@return the lock: Go's field `L`}
  public Lock lock() {
    return lock;
  }

  /// Unlocks, waits for a signal and locks again: `Wait`. The calling thread has locked it.
  ///
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes before the
  ///   signal; the flag is then cleared, and it is locked again in either case. If the signal came
  ///   first the call returns, with the flag set
  /// @throws FatalError if a lock of this package is not locked (COND-6); other locks throw what
  ///   they throw
  public void await() throws InterruptedException {
    awaitBefore(Contention.NEVER);
  }

  /// Unlocks, waits for a signal for a bounded time and locks again; that may take longer.
  ///
  /// @param timeout how long to wait for the signal at most; zero or less unlocks and locks
  /// @return whether the signal came
  /// @throws InterruptedException as [#await()]
  /// @throws FatalError as [#await()]
  public boolean await(Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(timeout, "timeout"));
    return awaitBefore(nanos <= 0 ? 0 : Contention.deadline(nanos));
  }

  /// Unlocks, waits for a signal and locks again. Interrupts are kept for later: the flag is set on
  /// return if one came.
  ///
  /// @throws FatalError as [#await()]
  public void awaitUninterruptibly() {
    waiting.await(lock, isOurs(), this, false, Contention.NEVER);
  }

  private boolean awaitBefore(long deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to a condition");
    }
    int outcome = waiting.await(lock, isOurs(), this, true, deadline);
    if (outcome == Waiter.INTERRUPTED) {
      throw new InterruptedException("waiting for " + this + " was interrupted");
    }
    return outcome == NotifyList.SIGNALLED;
  }

  private boolean isOurs() {
    return lock instanceof Mutex || lock instanceof RWView;
  }

  /// Wakes the thread that has waited longest, if any waits. The caller need not hold the lock
  /// (COND-5).
  public void signal() {
    waiting.signal();
  }

  /// Wakes all who wait now (COND-3). The caller need not hold the lock.
  public void broadcast() {
    waiting.broadcast();
  }

  void checkInvariants() {
    waiting.checkInvariants();
  }

  /// `Cond@5e6f[2 waiting] of Mutex@1a2b[locked]`: a snapshot.
  @Override
  public String toString() {
    return "Cond@"
        + Integer.toHexString(hashCode())
        + "["
        + waiting.size()
        + " waiting] of "
        + lock;
  }
}
