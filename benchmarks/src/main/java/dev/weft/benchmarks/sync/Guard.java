package dev.weft.benchmarks.sync;

import dev.weft.sync.Mutex;
import dev.weft.sync.RWMutex;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/// A lock for writers and readers, of whatever kind. A process uses one kind only, so that the JVM
/// inlines its calls.
interface Guard {

  /// Locks for writing.
  ///
  /// @return what unlock wants to have back
  long lock();

  void unlock(long stamp);

  /// Locks for reading, if the kind makes a difference.
  ///
  /// @return what runlock wants to have back
  long rlock();

  void runlock(long stamp);

  /// A lock that knows no readers.
  ///
  /// @param backend as the parameter of the rows names it
  static Guard exclusive(String backend) {
    return switch (backend) {
      case "gpm", "jdk" -> new WeftMutex();
      case "reentrant" -> new Exclusive(new ReentrantLock());
      case "fair" -> new Exclusive(new ReentrantLock(true));
      case "stamped" -> new Stamped();
      default -> throw new IllegalArgumentException("there is no lock " + backend);
    };
  }

  /// A lock that lets readers in together.
  ///
  /// @param backend as the parameter of the rows names it
  static Guard shared(String backend) {
    return switch (backend) {
      case "gpm", "jdk" -> new WeftRWMutex();
      case "reentrant" -> new Shared(new ReentrantReadWriteLock());
      case "fair" -> new Shared(new ReentrantReadWriteLock(true));
      case "stamped" -> new Stamped();
      default -> throw new IllegalArgumentException("there is no lock " + backend);
    };
  }

  /// Weft's.
  final class WeftMutex implements Guard {
    private final Mutex mutex = new Mutex();

    @Override
    public long lock() {
      mutex.lock();
      return 0;
    }

    @Override
    public void unlock(long stamp) {
      mutex.unlock();
    }

    @Override
    public long rlock() {
      return lock();
    }

    @Override
    public void runlock(long stamp) {
      unlock(stamp);
    }
  }

  /// Weft's.
  final class WeftRWMutex implements Guard {
    private final RWMutex mutex = new RWMutex();

    @Override
    public long lock() {
      mutex.lock();
      return 0;
    }

    @Override
    public void unlock(long stamp) {
      mutex.unlock();
    }

    @Override
    public long rlock() {
      mutex.rlock();
      return 0;
    }

    @Override
    public void runlock(long stamp) {
      mutex.runlock();
    }
  }

  /// Any lock of `java.util.concurrent`.
  final class Exclusive implements Guard {
    private final Lock lock;

    Exclusive(Lock lock) {
      this.lock = lock;
    }

    @Override
    public long lock() {
      lock.lock();
      return 0;
    }

    @Override
    public void unlock(long stamp) {
      lock.unlock();
    }

    @Override
    public long rlock() {
      return lock();
    }

    @Override
    public void runlock(long stamp) {
      unlock(stamp);
    }
  }

  /// Any pair of locks of `java.util.concurrent`.
  final class Shared implements Guard {
    private final Lock writers;
    private final Lock readers;

    Shared(ReadWriteLock lock) {
      this.writers = lock.writeLock();
      this.readers = lock.readLock();
    }

    @Override
    public long lock() {
      writers.lock();
      return 0;
    }

    @Override
    public void unlock(long stamp) {
      writers.unlock();
    }

    @Override
    public long rlock() {
      readers.lock();
      return 0;
    }

    @Override
    public void runlock(long stamp) {
      readers.unlock();
    }
  }

  /// Without optimistic reads: those are another way to write a program.
  final class Stamped implements Guard {
    private final StampedLock lock = new StampedLock();

    @Override
    public long lock() {
      return lock.writeLock();
    }

    @Override
    public void unlock(long stamp) {
      lock.unlockWrite(stamp);
    }

    @Override
    public long rlock() {
      return lock.readLock();
    }

    @Override
    public void runlock(long stamp) {
      lock.unlockRead(stamp);
    }
  }
}
