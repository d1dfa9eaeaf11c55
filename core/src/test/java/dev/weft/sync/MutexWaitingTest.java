package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Giving up: interrupts and deadlines of those who wait for a mutex.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
class MutexWaitingTest extends MutexContract {
  private static final Duration LONG = Duration.ofHours(1);

  private List<Body> interruptible() {
    return List.of(
        mutex::lockInterruptibly,
        () -> assertTrue(mutex.tryLock(LONG)),
        () -> assertTrue(mutex.tryLock(1, TimeUnit.HOURS)));
  }

  @Test
  @DisplayName("MU-20: lock() goes on waiting when it is interrupted, and sets the flag again")
  void uninterruptible() throws Exception {
    mutex.lock();
    Task<Boolean> waiter = waiter("a");
    waiter.interrupt();
    waiter("b");
    mutex.unlock();
    waiter.get();
    assertTrue(waiter.endedWithFlag());
    threads.join();
    assertEquals(List.of("a", "b"), order);
  }

  @Test
  @DisplayName("MU-20: the other ways to lock look at the flag on entry, free or not")
  void flagOnEntry() throws Exception {
    for (Body way : interruptible()) {
      Task<Boolean> task =
          threads.start(
              () -> {
                Thread.currentThread().interrupt();
                way.run();
              });
      task.fails(InterruptedException.class);
      assertFalse(task.endedWithFlag());
      assertEquals(0, mutex.state());
    }
  }

  @Test
  @DisplayName("MU-19: an interrupted waiter is out of queue and count, the others stay")
  void interrupted() throws Exception {
    mutex.lock();
    waiter("first");
    for (Body way : interruptible()) {
      Task<Boolean> middle = waiter("interrupted", way);
      waiter("behind");
      middle.interrupt();
      middle.fails(InterruptedException.class);
      assertFalse(middle.endedWithFlag());
      mutex.checkInvariants();
    }
    awaitWaiters(mutex, 4);
    mutex.unlock();
    threads.join();
    assertEquals(List.of("first", "behind", "behind", "behind"), order);
  }

  @Test
  @DisplayName("MU-19: a wait that times out returns false, and leaves nothing behind")
  void timedOut() throws Exception {
    mutex.lock();
    waiter("first");
    assertFalse(threads.call(() -> mutex.tryLock(Duration.ofMillis(3))).get());
    assertFalse(threads.call(() -> mutex.tryLock(3, TimeUnit.MILLISECONDS)).get());
    assertEquals(1, MutexState.waiters(mutex.state()));
    mutex.checkInvariants();
    mutex.unlock();
    threads.join();
    assertEquals(List.of("first"), order);
  }

  @Test
  @DisplayName("A timeout of nothing, or less, tries once")
  void noTime() throws Exception {
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-5))) {
      assertTrue(mutex.tryLock(none));
      assertFalse(mutex.tryLock(none));
      mutex.unlock();
    }
  }

  @Test
  @DisplayName("Durations beyond all measure wait for ever, or nearly")
  void longTimes() throws Exception {
    mutex.lock();
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    waiter("a", () -> assertTrue(mutex.tryLock(endless)));
    waiter("b", () -> assertTrue(mutex.tryLock(Long.MAX_VALUE, TimeUnit.DAYS)));
    mutex.unlock();
    threads.join();
    assertEquals(List.of("a", "b"), order);
  }

  @Test
  @DisplayName("MU-19: the last one that leaves a free mutex does not take the wake-up with it")
  void leavingWhileWoken() throws Exception {
    for (int round = 0; round < Scale.times(100); round++) {
      mutex.lock();
      Task<Boolean> leaving =
          threads.start(
              () -> {
                try {
                  mutex.lockInterruptibly();
                  mutex.unlock();
                } catch (InterruptedException e) {
                  // one or the other
                }
              });
      awaitWaiters(mutex, 1);
      Task<Boolean> staying = threads.start(mutex::lock);
      awaitWaiters(mutex, 2);
      leaving.interrupt();
      mutex.unlock();
      staying.get(); // or nobody has woken it
      mutex.unlock();
      leaving.get();
      assertEquals(0, mutex.state(), mutex::toString);
    }
  }

  @Test
  @DisplayName("No unpark ends a wait")
  void strayUnparks() throws Exception {
    mutex.lock();
    Task<Boolean> waiter = waiter("a");
    Task<Boolean> timed = waiter("b", () -> assertTrue(mutex.tryLock(LONG)));
    for (int i = 0; i < 20; i++) {
      LockSupport.unpark(waiter.thread());
      LockSupport.unpark(timed.thread());
      Thread.yield();
    }
    assertEquals(2, MutexState.waiters(mutex.state()));
    assertEquals(List.of(), order);
    mutex.unlock();
    threads.join();
    assertEquals(List.of("a", "b"), order);
  }
}
