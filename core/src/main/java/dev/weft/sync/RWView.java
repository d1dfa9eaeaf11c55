package dev.weft.sync;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/// One side of an [RWMutex] as a lock of `java.util.concurrent`.
abstract sealed class RWView implements Lock {

  final RWMutex mutex;

  RWView(RWMutex mutex) {
    this.mutex = mutex;
  }

  /// The readers' side: Go's RLocker (RW-11).
  static final class Readers extends RWView {

    Readers(RWMutex mutex) {
      super(mutex);
    }

    @Override
    public void lock() {
      mutex.rlock();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
      mutex.rlockInterruptibly();
    }

    @Override
    public boolean tryLock() {
      return mutex.tryRlock();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
      return mutex.readWithin(Objects.requireNonNull(unit, "unit").toNanos(time));
    }

    @Override
    public void unlock() {
      mutex.runlock();
    }

    @Override
    public Condition newCondition() {
      throw new UnsupportedOperationException(
          this + " has no conditions, since others may read meanwhile; use new Cond(rlocker())");
    }

    @Override
    public String toString() {
      return mutex + ".readLock()";
    }
  }

  /// The writers' side.
  static final class Writer extends RWView {

    Writer(RWMutex mutex) {
      super(mutex);
    }

    @Override
    public void lock() {
      mutex.lock();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
      mutex.lockInterruptibly();
    }

    @Override
    public boolean tryLock() {
      return mutex.tryLock();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
      return mutex.writeWithin(Objects.requireNonNull(unit, "unit").toNanos(time));
    }

    @Override
    public void unlock() {
      mutex.unlock();
    }

    @Override
    public Condition newCondition() {
      return new LockCondition(this, mutex::checkHeld);
    }

    @Override
    public String toString() {
      return mutex + ".writeLock()";
    }
  }
}
