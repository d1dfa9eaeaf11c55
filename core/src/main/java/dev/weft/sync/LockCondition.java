package dev.weft.sync;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.Waiter;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// A condition in the manner of `java.util.concurrent`, of a mutex or of a write lock (MU-21).
@SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"}) // the loop is the caller's, and so is Date
final class LockCondition implements Condition {

  private final Lock lock;
  private final Runnable checkHeld;
  private final NotifyList waiting = new NotifyList();

  /// A condition of a lock of this package.
  ///
  /// @param checkHeld throws an IllegalMonitorStateException if the lock is not locked
  LockCondition(Lock lock, Runnable checkHeld) {
    this.lock = lock;
    this.checkHeld = checkHeld;
  }

  @Override
  public void await() throws InterruptedException {
    awaitBefore(Contention.NEVER);
  }

  @Override
  public void awaitUninterruptibly() {
    checkHeld.run();
    waiting.await(lock, true, this, false, Contention.NEVER);
  }

  @Override
  public long awaitNanos(long nanos) throws InterruptedException {
    long deadline = nanos <= 0 ? 0 : Contention.deadline(nanos);
    awaitBefore(deadline);
    return nanos <= 0 || deadline == Contention.NEVER ? nanos : deadline - Runtime.get().nanoTime();
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    long nanos = Objects.requireNonNull(unit, "unit").toNanos(time);
    return awaitBefore(nanos <= 0 ? 0 : Contention.deadline(nanos));
  }

  @Override
  public boolean awaitUntil(Date deadline) throws InterruptedException {
    long millis = Math.max(0, deadline.getTime()) - System.currentTimeMillis();
    return await(millis, TimeUnit.MILLISECONDS);
  }

  /// Waits until it is signalled or the deadline has passed; a deadline of 0 has passed.
  private boolean awaitBefore(long deadline) throws InterruptedException {
    checkHeld.run();
    if (Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to a condition");
    }
    int outcome = waiting.await(lock, true, this, true, deadline);
    if (outcome == Waiter.INTERRUPTED) {
      throw new InterruptedException("waiting for " + this + " was interrupted");
    }
    return outcome == NotifyList.SIGNALLED;
  }

  @Override
  public void signal() {
    checkHeld.run();
    waiting.signal();
  }

  @Override
  public void signalAll() {
    checkHeld.run();
    waiting.broadcast();
  }

  /// `Condition@3c4d[2 waiting] of Mutex@1a2b[locked]`: a snapshot.
  @Override
  public String toString() {
    return "Condition@"
        + Integer.toHexString(hashCode())
        + "["
        + waiting.size()
        + " waiting] of "
        + lock;
  }
}
