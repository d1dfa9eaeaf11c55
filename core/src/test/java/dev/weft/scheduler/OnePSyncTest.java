package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.sync.Cond;
import dev.weft.sync.Mutex;
import dev.weft.sync.RWMutex;
import dev.weft.sync.WaitGroup;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// In which order those run whom a primitive of `sync` has released, when there is one processor
/// and nobody interferes.
@Tag("gpm")
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
class OnePSyncTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  // Written by goroutines that run on one thread, one after the other.
  private final List<String> order = new ArrayList<>();

  private Scheduler scheduler;

  @BeforeEach
  void start() {
    scheduler = schedulers.startSingle();
  }

  /// Runs the body as a goroutine, and waits until no goroutine is left.
  private void run(Body main) throws InterruptedException {
    Goroutine goroutine = scheduler.go(main);
    goroutine.join();
    Await.until(() -> scheduler.numGoroutine() == 0, "all goroutines have ended");
    assertEquals(null, goroutine.failure());
  }

  /// Starts a goroutine, which runs until it blocks.
  private Goroutine goUntilBlocked(Body body) {
    Goroutine goroutine = scheduler.go(body);
    while (goroutine.waitReason() == null) {
      Scheduler.yieldCurrent();
    }
    return goroutine;
  }

  @Test
  @DisplayName(
      "WG-4: of those released the last one runs first, the others in the order of waiting")
  void waitGroup() throws InterruptedException {
    WaitGroup group = new WaitGroup();
    run(
        () -> {
          group.add(1);
          for (int i = 0; i < 4; i++) {
            String name = "w" + i;
            goUntilBlocked(
                () -> {
                  group.await();
                  order.add(name);
                });
          }
          group.done();
        });
    assertEquals(List.of("w3", "w0", "w1", "w2"), order);
  }

  @Test
  @DisplayName("WG-6: who is released finds that the group is in use again, and says so")
  void waitGroupReusedTooEarly() throws InterruptedException {
    WaitGroup group = new WaitGroup();
    List<Goroutine> waiter = new ArrayList<>();
    run(
        () -> {
          group.add(1);
          waiter.add(
              goUntilBlocked(
                  () -> {
                    Thread.currentThread().setUncaughtExceptionHandler((t, e) -> order.add("told"));
                    group.await();
                  }));
          group.done(); // it is released, but has not run yet
          group.add(1);
          waiter.get(0).join();
          group.done();
        });
    IllegalStateException failure =
        assertInstanceOf(IllegalStateException.class, waiter.get(0).failure());
    assertTrue(
        String.valueOf(failure.getMessage())
            .startsWith("sync: WaitGroup is reused before previous Wait has returned: "),
        failure::toString);
    assertEquals(List.of("told"), order);
  }

  @Test
  @DisplayName("COND-2: signals wake in the order of waiting")
  void signals() throws InterruptedException {
    Mutex mutex = new Mutex();
    Cond cond = new Cond(mutex);
    run(
        () -> {
          startWaiters(mutex, cond, 3);
          for (int i = 0; i < 3; i++) {
            cond.signal();
            Scheduler.yieldCurrent();
          }
        });
    assertEquals(List.of("w0", "w1", "w2"), order);
  }

  @Test
  @DisplayName("COND-3: a broadcast: the last one runs first, the others in the order of waiting")
  void broadcast() throws InterruptedException {
    Mutex mutex = new Mutex();
    Cond cond = new Cond(mutex);
    run(
        () -> {
          startWaiters(mutex, cond, 4);
          cond.broadcast();
        });
    assertEquals(List.of("w3", "w0", "w1", "w2"), order);
  }

  private void startWaiters(Mutex mutex, Cond cond, int n) {
    for (int i = 0; i < n; i++) {
      String name = "w" + i;
      goUntilBlocked(
          () -> {
            mutex.lock();
            cond.await();
            order.add(name);
            mutex.unlock();
          });
    }
  }

  @Test
  @DisplayName("MU-5, MU-7: who waits is woken in the order of waiting")
  void mutexInOrder() throws InterruptedException {
    Mutex mutex = new Mutex();
    run(
        () -> {
          mutex.lock();
          for (int i = 0; i < 3; i++) {
            String name = "w" + i;
            goUntilBlocked(
                () -> {
                  mutex.lock();
                  order.add(name);
                  mutex.unlock();
                });
          }
          mutex.unlock();
        });
    assertEquals(List.of("w0", "w1", "w2"), order);
  }

  @Test
  @DisplayName("MU-5: whoever runs takes the mutex before the one that was woken for it")
  void barging() throws InterruptedException {
    Mutex mutex = new Mutex();
    run(
        () -> {
          mutex.lock();
          goUntilBlocked(
              () -> {
                mutex.lock();
                order.add("waiter");
                mutex.unlock();
              });
          mutex.unlock();
          mutex.lock();
          order.add("barger");
          mutex.unlock();
        });
    assertEquals(List.of("barger", "waiter"), order);
  }

  @Test
  @DisplayName("MU-6: who was woken and lost is first again, before those that came later")
  void loserIsFirst() throws InterruptedException {
    Mutex mutex = new Mutex();
    run(
        () -> {
          mutex.lock();
          startLocker(mutex, "first");
          startLocker(mutex, "second");
          mutex.unlock(); // wakes the first, which does not run yet
          mutex.lock();
          Scheduler.yieldCurrent(); // it finds the mutex locked
          assertEquals(List.of(), order);
          mutex.unlock();
        });
    assertEquals(List.of("first", "second"), order);
  }

  @Test
  @DisplayName(
      "MU-8, MU-10: who hands the mutex over runs after the heir, and after all others here")
  void handOver() throws InterruptedException {
    Mutex mutex = new Mutex();
    run(
        () -> {
          mutex.lock();
          startLocker(mutex, "heir");
          long start = System.nanoTime();
          while (System.nanoTime() - start <= 1_000_000) {
            Thread.onSpinWait(); // so long it has to wait
          }
          mutex.unlock();
          mutex.lock();
          Scheduler.yieldCurrent(); // it finds the mutex locked: starvation mode
          assertTrue(mutex.toString().contains("handed over in turn"), mutex::toString);
          scheduler.go(() -> order.add("older"));
          mutex.unlock();
          order.add("unlocked");
        });
    assertEquals(List.of("heir", "older", "unlocked"), order);
  }

  private void startLocker(Mutex mutex, String name) {
    goUntilBlocked(
        () -> {
          mutex.lock();
          order.add(name);
          mutex.unlock();
        });
  }

  @Test
  @DisplayName("RW-6: after a writer the readers run in the order of waiting, then the next writer")
  void readersThenWriter() throws InterruptedException {
    RWMutex mutex = new RWMutex();
    run(
        () -> {
          mutex.lock();
          goUntilBlocked(
              () -> {
                mutex.lock();
                order.add("writer");
                mutex.unlock();
              });
          for (int i = 0; i < 3; i++) {
            String name = "r" + i;
            goUntilBlocked(
                () -> {
                  mutex.rlock();
                  order.add(name);
                  mutex.runlock();
                });
          }
          mutex.unlock();
        });
    assertEquals(List.of("r0", "r1", "r2", "writer"), order);
  }
}
