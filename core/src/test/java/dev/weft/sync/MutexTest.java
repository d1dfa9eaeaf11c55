package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.FatalError;
import dev.weft.scheduler.Goroutine;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The mutex in normal mode: locking, trying, unlocking, the order of waiting.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
class MutexTest extends MutexContract {

  @Test
  @DisplayName("MU-1: a new mutex is free; to lock it is one step of its word")
  void free() {
    assertEquals(0, mutex.state());
    mutex.lock();
    assertEquals(MutexState.LOCKED, mutex.state());
    mutex.unlock();
    assertEquals(0, mutex.state());
  }

  @Test
  @DisplayName("MU-2: it is not reentrant: the second lock of the holder waits")
  void notReentrant() throws Exception {
    Task<Boolean> task =
        threads.start(
            () -> {
              mutex.lock();
              assertFalse(mutex.tryLock());
              mutex.lock();
            });
    awaitWaiters(mutex, 1);
    mutex.unlock();
    task.get();
    mutex.unlock();
  }

  @Test
  @DisplayName("MU-3: anybody may unlock it")
  void noOwner() throws Exception {
    threads.start(mutex::lock).get();
    threads.start(mutex::unlock).get();
    assertEquals(0, mutex.state());
  }

  @Test
  @DisplayName("MU-4: unlocking an unlocked mutex is fatal, and changes nothing")
  void unlockOfUnlocked() throws Exception {
    for (int i = 0; i < 2; i++) {
      FatalError error = threads.start(mutex::unlock).fails(FatalError.class);
      String message = String.valueOf(error.getMessage());
      assertTrue(message.startsWith("sync: unlock of unlocked mutex: Mutex@"), message);
      assertEquals(0, mutex.state());
      mutex.lock();
      mutex.unlock();
    }
  }

  @Test
  @DisplayName("MU-5: unlock frees it and wakes one; whoever comes meanwhile may take it")
  void barging() throws Exception {
    boolean barged = false;
    for (int round = 0; !barged && round < 1_000; round++) {
      order.clear();
      mutex.lock();
      waiters("a", "b");
      mutex.unlock();
      if (mutex.tryLock()) {
        barged = order.isEmpty(); // else the one that was woken was faster
        mutex.unlock();
      }
      threads.join();
      assertEquals(List.of("a", "b"), order);
    }
    assertTrue(barged, "the one that was woken was always faster");
  }

  @Test
  @DisplayName("MU-7: who waits for the first time goes to the end of the queue")
  void firstInFirstOut() throws Exception {
    mutex.lock();
    waiters("a", "b", "c", "d");
    mutex.checkInvariants();
    mutex.unlock();
    threads.join();
    assertEquals(List.of("a", "b", "c", "d"), order);
  }

  @Test
  @DisplayName("MU-14: tryLock takes it if it is free, waits for nobody and wakes nobody")
  void tryLock() throws Exception {
    assertTrue(mutex.tryLock());
    assertFalse(mutex.tryLock());
    waiter("a");
    assertFalse(mutex.tryLock());
    assertEquals(1, MutexState.waiters(mutex.state()));
    mutex.unlock();
    threads.join();
    assertTrue(mutex.tryLock());
    mutex.unlock();
  }

  @Test
  @DisplayName("MU-14: tryLock does not look at the interrupt flag")
  void tryLockInterrupted() throws Exception {
    Task<Boolean> task =
        threads.call(
            () -> {
              Thread.currentThread().interrupt();
              return mutex.tryLock();
            });
    assertTrue(task.get());
    assertTrue(task.endedWithFlag());
    mutex.unlock();
  }

  @Test
  @DisplayName("MU-17: who waits shows the mutex as its blocker, and why it waits")
  void blocker() throws Exception {
    mutex.lock();
    Task<Boolean> waiter = waiter("a");
    Await.until(() -> LockSupport.getBlocker(waiter.thread()) == mutex, "the blocker");
    Goroutine goroutine = waiter.goroutine();
    if (goroutine != null) {
      assertEquals("sync.Mutex.Lock", goroutine.waitReason());
    }
    assertTrue(mutex.toString().endsWith("[locked, 1 waiting]"), mutex::toString);
    mutex.unlock();
    waiter.get();
    assertTrue(mutex.toString().endsWith("[unlocked]"), mutex::toString);
  }

  @Test
  @DisplayName("MU-18: what is done before unlock is visible after lock; nothing gets lost")
  void exclusion() throws Exception {
    int[] plain = new int[1];
    int each = Scale.times(5_000);
    for (int i = 0; i < 4; i++) {
      threads.start(
          () -> {
            for (int k = 0; k < each; k++) {
              mutex.lock();
              try {
                plain[0]++;
              } finally {
                mutex.unlock();
              }
            }
          });
    }
    threads.join();
    assertEquals(4 * each, plain[0]);
  }

  @Test
  @DisplayName("It is a java.util.concurrent Lock")
  void lockInterface() throws Exception {
    Lock lock = mutex;
    lock.lockInterruptibly();
    assertFalse(lock.tryLock(0, TimeUnit.SECONDS));
    assertFalse(lock.tryLock(-1, TimeUnit.DAYS));
    assertFalse(lock.tryLock(1, TimeUnit.MICROSECONDS));
    lock.unlock();
    assertTrue(lock.tryLock(1, TimeUnit.HOURS));
    lock.unlock();
    assertTrue(lock.tryLock(0, TimeUnit.HOURS));
    lock.unlock();
  }

  @Test
  @DisplayName("Null is refused, and nothing is locked")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    assertThrows(NullPointerException.class, () -> mutex.tryLock(null));
    assertThrows(NullPointerException.class, () -> mutex.tryLock(1, null));
  }
}
