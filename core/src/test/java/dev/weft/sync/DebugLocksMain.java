package dev.weft.sync;

import dev.weft.base.Body;
import dev.weft.base.FatalError;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;

/// The program of [DebugLocksTest]. Fails with an exception, so with an exit code that is not 0.
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
final class DebugLocksMain {

  private DebugLocksMain() {}

  /// Locks what it holds already.
  ///
  /// @param args `on` or `off`: what the flag should do
  public static void main(String[] args) throws Throwable {
    if (args[0].equals("off")) {
      check(!LockDebug.ON, "the flag is off");
      return;
    }
    check(LockDebug.ON, "the flag is on");
    mutex();
    rwMutex();
    conditions();
  }

  private static void mutex() throws Throwable {
    Mutex mutex = new Mutex();
    lockHere(mutex);
    reported(mutex, mutex::lock);
    reported(mutex, mutex::lockInterruptibly);
    reported(mutex, () -> mutex.tryLock(Duration.ofHours(1)));
    check(!mutex.tryLock(), "a try is no mistake");
    mutex.unlock();
    mutex.lock(); // the mistakes have changed nothing
    Thread other = Thread.ofPlatform().start(mutex::unlock);
    other.join();
    mutex.lock(); // unlocked by somebody else: it is nobody's
    mutex.unlock();
  }

  private static void lockHere(Mutex mutex) {
    mutex.lock();
  }

  private static void rwMutex() throws Throwable {
    RWMutex mutex = new RWMutex();
    mutex.lock();
    reported(mutex, mutex::lock);
    reported(mutex, mutex::rlock);
    reported(mutex, () -> mutex.tryLock(Duration.ofHours(1)));
    mutex.unlock();
    mutex.rlock();
    mutex.rlock(); // readers are not kept
    mutex.runlock();
    mutex.runlock();
  }

  /// A condition whose mutex somebody else holds.
  private static void conditions() throws Throwable {
    Mutex mutex = new Mutex();
    Condition condition = mutex.newCondition();
    Thread other = Thread.ofPlatform().start(mutex::lock);
    other.join();
    try {
      condition.signal();
      throw new AssertionError("not reported");
    } catch (IllegalMonitorStateException expected) {
      check(String.valueOf(expected.getMessage()).contains("not by the calling thread"), "why");
    }
    mutex.unlock();
  }

  private static void reported(Object lock, Body body) throws Throwable {
    try {
      body.run();
    } catch (FatalError error) {
      String message = String.valueOf(error.getMessage());
      check(message.startsWith(lock.toString()), message);
      Throwable place = Objects.requireNonNull(error.getCause(), "where it was locked");
      check(place.getStackTrace()[1].getClassName().startsWith("dev.weft.sync."), "the trace");
      return;
    }
    throw new AssertionError("not reported: " + lock);
  }

  private static void check(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
