package dev.weft.sync;

import dev.weft.base.Body;
import dev.weft.base.FatalError;
import dev.weft.testkit.Descent;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
    deep();
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

  /// To note the holder needs stack: a lock that has none for it is not locked, nor anybody's.
  private static void deep() throws InterruptedException {
    Mutex mutex = new Mutex();
    RWMutex rw = new RWMutex();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () ->
                Descent.of(
                    n -> {
                      mutex.lock(); // fails if the one further down has left it locked
                      mutex.unlock();
                      rw.lock();
                      rw.unlock();
                      return true;
                    }),
            "deep",
            256 * 1024);
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join();
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
    check(mutex.state() == 0, mutex);
    check(rw.tryLock(), rw);
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
