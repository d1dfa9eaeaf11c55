package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Starvation mode: how it begins, what holds in it, and how it ends.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
class MutexStarvationTest extends MutexContract {

  private final AtomicBoolean hold = new AtomicBoolean();
  private final CountDownLatch locked = new CountDownLatch(1);
  private final CountDownLatch mayUnlock = new CountDownLatch(1);

  /// Locks, and waits for the test if that has told so by then.
  private void lockAndHold() throws InterruptedException {
    mutex.lock();
    if (hold.get()) {
      locked.countDown();
      Await.zero(mayUnlock, "the test");
    }
  }

  private boolean isStarving() {
    return (mutex.state() & MutexState.STARVING) != 0;
  }

  @Test
  @DisplayName("MU-8: it begins when a waiter finds it locked again after more than a millisecond")
  void begins() throws Exception {
    mutex.lock();
    Task<Boolean> waiter = starving("a", mutex::lock);
    assertTrue(mutex.toString().contains("handed over in turn"), mutex::toString);
    mutex.checkInvariants();
    mutex.unlock();
    waiter.get();
  }

  @Test
  @DisplayName("MU-9: newcomers get nothing, and queue up at the end")
  void newcomers() throws Exception {
    mutex.lock();
    starving("starved", mutex::lock);
    assertFalse(mutex.tryLock());
    waiters("b", "c");
    mutex.checkInvariants();
    mutex.unlock();
    threads.join();
    assertEquals(List.of("starved", "b", "c"), order);
  }

  @Test
  @DisplayName("MU-9: unlocking makes the first in the queue the holder, before it runs")
  void handOver() throws Exception {
    mutex.lock();
    Task<Boolean> waiter = starving("starved", this::lockAndHold);
    hold.set(true);
    mutex.unlock();
    assertTrue(mutex.isLocked()); // at once
    assertFalse(mutex.tryLock());
    mayUnlock.countDown();
    waiter.get();
  }

  @Test
  @DisplayName("MU-6: a waiter that was woken and lost goes to the front of the queue")
  void loserGoesToTheFront() throws Exception {
    mutex.lock();
    starving("first", mutex::lock); // it has lost once or more
    waiters("second", "third");
    mutex.unlock();
    threads.join();
    assertEquals(List.of("first", "second", "third"), order);
  }

  @Test
  @DisplayName("MU-11: it ends with the last one in the queue")
  void ends() throws Exception {
    mutex.lock();
    Task<Boolean> waiter = starving("starved", this::lockAndHold);
    hold.set(true);
    mutex.unlock();
    Await.zero(locked, "the starved one has it");
    assertFalse(isStarving());
    mayUnlock.countDown();
    waiter.get();
  }

  @Test
  @DisplayName("MU-19: if the last one in the queue is interrupted, it ends")
  void interrupted() throws Exception {
    mutex.lock();
    Task<Boolean> waiter = starving("starved", mutex::lockInterruptibly);
    waiter.interrupt();
    waiter.fails(InterruptedException.class);
    assertEquals(MutexState.LOCKED, mutex.state());
    mutex.unlock();
    assertTrue(mutex.tryLock());
    mutex.unlock();
  }

  @Test
  @DisplayName("MU-19: if one of several leaves, it goes on for the others")
  void oneOfSeveral() throws Exception {
    mutex.lock();
    Task<Boolean> first = starving("starved", mutex::lockInterruptibly);
    waiters("b");
    first.interrupt();
    first.fails(InterruptedException.class);
    awaitWaiters(mutex, 1);
    assertTrue(isStarving());
    mutex.checkInvariants();
    mutex.unlock();
    threads.join();
    assertEquals(List.of("b"), order);
  }

  @Test
  @DisplayName("MU-19: a waiter with a deadline that is handed the mutex keeps it")
  void timedHeir() throws Exception {
    mutex.lock();
    Task<Boolean> waiter =
        starving("starved", () -> assertTrue(mutex.tryLock(Duration.ofHours(1))));
    mutex.unlock();
    waiter.get();
    assertEquals(List.of("starved"), order);
  }

  @Test
  @DisplayName("MU-15: who holds it nearly all the time does not keep others from it")
  void fair() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    threads.start(
        () -> {
          while (!done.get()) {
            mutex.lock();
            Thread.sleep(Duration.ofNanos(100_000)); // holding it is the point
            mutex.unlock();
          }
        });
    Task<Boolean> modest =
        threads.start(
            () -> {
              for (int i = 0; i < 10; i++) {
                Thread.sleep(Duration.ofNanos(100_000));
                mutex.lock();
                mutex.unlock();
              }
            });
    modest.get(); // or the wait for it fails after its limit
    done.set(true);
  }
}
