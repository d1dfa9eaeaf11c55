package dev.weft.examples.guide;

import static dev.weft.Go.go;

import dev.weft.base.FatalError;
import dev.weft.scheduler.Goroutine;
import dev.weft.sync.Mutex;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Chapter "Inside the mutex": barging, starvation mode, giving up.
@SuppressWarnings("LockNotBeforeTry") // each step is shown by itself
public final class MutexModes {

  private static final long HOLD_NANOS = 200_000;

  private MutexModes() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    normal();
    starving();
    givingUp();
    mistakes();
  }

  private static void normal() throws Exception {
    // snippet: normal
    Mutex mutex = new Mutex();
    mutex.lock();
    Goroutine waiter = go(() -> withLock(mutex));
    Claim.becomes("it waits", () -> "sync.Mutex.Lock".equals(waiter.waitReason()));
    System.out.println(state(mutex));
    mutex.unlock();
    boolean barged = mutex.tryLock(); // the woken one is on its way; who is running may be faster
    // end
    if (barged) {
      mutex.unlock();
    }
    waiter.join();
    Claim.that("free in the end", state(mutex).equals("[unlocked]"));
  }

  private static void withLock(Mutex mutex) {
    mutex.lock();
    mutex.unlock();
  }

  private static void starving() throws Exception {
    // snippet: starving
    Mutex mutex = new Mutex();
    AtomicBoolean hadIt = new AtomicBoolean();
    mutex.lock();
    Goroutine waiter =
        go(
            () -> {
              mutex.lock();
              hadIt.set(true);
              mutex.unlock();
            });
    int rounds = 0;
    while (!hadIt.get()) { // a holder that does not let go
      LockSupport.parkNanos(HOLD_NANOS);
      mutex.unlock();
      mutex.lock();
      rounds++;
    }
    mutex.unlock();
    System.out.println("the waiter had it after " + rounds + " rounds");
    waiter.join();
    // end
  }

  private static void givingUp() throws Exception {
    // snippet: giving-up
    Mutex mutex = new Mutex();
    mutex.lock();
    Goroutine patient = go(() -> withLock(mutex));
    Goroutine hurried = go(() -> Claim.that("no", !mutex.tryLock(Duration.ofMillis(1))));
    Goroutine stopped =
        go(() -> Claim.thrown(InterruptedException.class, mutex::lockInterruptibly));
    hurried.join();
    stopped.interrupt();
    stopped.join();
    mutex.unlock(); // the one that is left gets it
    patient.join();
    System.out.println("at the end " + state(mutex));
    // end
    Claim.that("all was so", hurried.failure() == null && stopped.failure() == null);
  }

  private static void mistakes() {
    // snippet: mistakes
    Mutex mutex = new Mutex();
    Claim.thrown(FatalError.class, mutex::unlock);
    mutex.lock();
    System.out.println("a second time: " + mutex.tryLock()); // lock() would wait for ever
    mutex.unlock();
    // end
  }

  private static String state(Mutex mutex) {
    String text = mutex.toString();
    return text.substring(text.indexOf('['));
  }
}
