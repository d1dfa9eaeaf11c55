package dev.weft.sync;

import static dev.weft.sync.MutexState.LOCKED;
import static dev.weft.sync.MutexState.ONE_WAITER;
import static dev.weft.sync.MutexState.STARVING;
import static dev.weft.sync.MutexState.WOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.FatalError;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Single steps of the protocol of a mutex, and misuse by several threads at the same time.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
class MutexProtocolTest extends MutexContract {
  private static final int MISUSERS = 4;

  @Test
  @DisplayName("MU-13: while somebody spins for it, unlock frees it and wakes nobody")
  void spinner() throws Exception {
    mutex.lock();
    assertFalse(Contention.claimWoken(mutex, mutex.state()), "nobody waits");
    Task<Boolean> waiter = waiter("a");
    assertTrue(Contention.claimWoken(mutex, mutex.state()));
    assertFalse(Contention.claimWoken(mutex, mutex.state()), "one at a time");
    mutex.unlock();
    assertEquals(WOKEN + ONE_WAITER, mutex.state(), "free, and the waiter still in the queue");
    mutex.checkInvariants();
    assertTrue(mutex.cas(mutex.state(), LOCKED + ONE_WAITER), "the spinner takes it");
    mutex.unlock();
    waiter.get();
  }

  @Test
  @DisplayName("MU-5: an unlock that finds somebody awake wakes nobody else")
  void oneAwake() throws Exception {
    mutex.lock();
    waiters("a", "b");
    assertTrue(mutex.cas(mutex.state(), mutex.state() | WOKEN));
    mutex.unlock();
    assertEquals(WOKEN + 2 * ONE_WAITER, mutex.state());
    assertTrue(mutex.cas(mutex.state(), LOCKED + 2 * ONE_WAITER));
    mutex.unlock();
    threads.join();
    assertEquals(List.of("a", "b"), order);
  }

  @Test
  @DisplayName("MU-11: the heir ends starvation mode if it waited for a millisecond at most")
  void shortWaitEnds() {
    int starving = LOCKED | STARVING;
    assertEquals(LOCKED + 2 * ONE_WAITER, afterAccept(starving + 2 * ONE_WAITER, 1_000_000));
    assertEquals(starving + 2 * ONE_WAITER, afterAccept(starving + 2 * ONE_WAITER, 1_000_001));
    assertEquals(LOCKED, afterAccept(starving, 1_000_001), "the last one");
  }

  private int afterAccept(int before, long waited) {
    assertTrue(mutex.cas(0, before));
    Contention.accept(mutex, waited);
    int after = mutex.state();
    assertTrue(mutex.cas(after, 0));
    return after;
  }

  @Test
  @DisplayName("MU-16, COND-9: a copy cannot be made")
  void noCopies() {
    for (Class<?> type : List.of(Mutex.class, RWMutex.class, Cond.class)) {
      assertFalse(Cloneable.class.isAssignableFrom(type));
      assertFalse(Serializable.class.isAssignableFrom(type));
    }
  }

  @Test
  @DisplayName("MU-4: of many that unlock at the same time what was locked once, one succeeds")
  void unlockedByMany() throws Exception {
    for (int round = 0; round < Scale.times(50); round++) {
      mutex.lock();
      assertOneSucceeds(mutex::unlock);
      assertEquals(0, mutex.state());
    }
  }

  @Test
  @DisplayName("MU-4: so it is with a mutex that was handed over")
  void handedOverUnlockedByMany() throws Exception {
    for (int round = 0; round < Scale.times(20); round++) {
      mutex.lock();
      Task<Boolean> heir = threads.start(mutex::lock);
      awaitWaiters(mutex, 1);
      assertTrue(mutex.cas(mutex.state(), mutex.state() | STARVING));
      mutex.unlock();
      heir.get();
      assertEquals(LOCKED, mutex.state());
      assertOneSucceeds(mutex::unlock);
    }
  }

  @Test
  @DisplayName(
      "RW-9: of many that unlock what was locked once, for writing or reading, one succeeds")
  void rwUnlockedByMany() throws Exception {
    RWMutex rw = new RWMutex();
    for (int round = 0; round < Scale.times(50); round++) {
      rw.lock();
      assertOneSucceeds(rw::unlock);
      rw.rlock();
      assertOneSucceeds(rw::runlock);
      rw.checkInvariants();
      assertTrue(rw.tryLock());
      rw.unlock();
    }
  }

  private void assertOneSucceeds(Runnable unlock) throws InterruptedException {
    AtomicInteger fatal = new AtomicInteger();
    CountDownLatch together = new CountDownLatch(MISUSERS);
    List<Task<Boolean>> misusers = new ArrayList<>();
    for (int i = 0; i < MISUSERS; i++) {
      misusers.add(
          threads.start(
              () -> {
                together.countDown();
                Await.zero(together, "all are there");
                try {
                  unlock.run();
                } catch (FatalError expected) {
                  fatal.incrementAndGet();
                }
              }));
    }
    for (Task<Boolean> misuser : misusers) {
      misuser.get();
    }
    assertEquals(MISUSERS - 1, fatal.get());
  }
}
