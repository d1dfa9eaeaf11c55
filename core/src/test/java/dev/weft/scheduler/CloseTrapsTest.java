package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.TestMode;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: machines that end too early. Whatever can still become runnable after a close needs
/// them: survivors, threads of the factory, virtual threads that goroutines have started.
class CloseTrapsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  @DisplayName(
      "Close under load: a go() that returned runs to its end, one that is refused says so")
  void closeUnderLoad() throws Exception {
    for (int round = 0; round < Scale.times(20); round++) {
      Scheduler scheduler = Scheduler.builder().procs(2).build();
      AtomicInteger started = new AtomicInteger();
      AtomicInteger ended = new AtomicInteger();
      CountDownLatch busy = new CountDownLatch(2_000);
      List<Thread> starters = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        starters.add(
            Thread.ofPlatform().start(() -> startUntilRefused(scheduler, started, ended, busy)));
      }
      scheduler.go(() -> startUntilRefused(scheduler, started, ended, busy));
      Await.zero(busy, "it gets busy");
      assertEquals(List.of(), scheduler.close(LONG));
      for (Thread starter : starters) {
        starter.join();
      }
      assertEquals(started.get(), ended.get());
      assertEquals(0, scheduler.numGoroutine());
      assertThrows(RejectedExecutionException.class, () -> scheduler.go(() -> {}));
    }
  }

  private static void startUntilRefused(
      Scheduler scheduler, AtomicInteger started, AtomicInteger ended, CountDownLatch busy) {
    for (int i = 0; ; i++) {
      boolean yields = i % 4 == 0;
      boolean parks = i % 16 == 0;
      try {
        scheduler.go(
            () -> {
              busy.countDown();
              if (yields) {
                Scheduler.yieldCurrent();
              }
              if (parks) {
                LockSupport.parkNanos(10_000);
              }
              ended.getAndIncrement();
            });
        started.getAndIncrement();
      } catch (RejectedExecutionException closed) {
        return;
      }
      if (parks) {
        LockSupport.parkNanos(10_000); // also lets the carrier of a goroutine that starts others go
      }
    }
  }

  @Test
  @DisplayName("A survivor of a close goes on and blocks as before, for as long as it likes")
  void survivorGoesOn() throws Exception {
    Scheduler scheduler = Scheduler.builder().procs(2).build();
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger turns = new AtomicInteger();
    Goroutine stubborn =
        scheduler.go(
            () -> {
              while (end.getCount() > 0) {
                LockSupport.parkNanos(100_000);
                Thread.interrupted();
                turns.getAndIncrement();
              }
            });
    assertEquals(List.of(stubborn), scheduler.close(Duration.ofMillis(10)));
    int before = turns.get();
    Await.until(() -> turns.get() > before + 10, "it goes on");
    end.countDown();
    assertTrue(stubborn.join(LONG));
    assertEquals(List.of(), scheduler.close(LONG));
  }

  @Test
  @DisplayName(
      "A thread of the factory that starts while the scheduler closes: refused, or reported")
  void factoryThreadAgainstClose() throws Exception {
    for (int round = 0; round < Scale.times(100); round++) {
      Scheduler scheduler = Scheduler.builder().procs(1).build();
      CountDownLatch together = new CountDownLatch(2);
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      AtomicBoolean refused = new AtomicBoolean();
      Thread made =
          scheduler
              .threadFactory()
              .newThread(
                  () -> {
                    while (release.getCount() > 0) {
                      LockSupport.park();
                      Thread.interrupted();
                    }
                    done.countDown();
                  });
      Thread starter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    meet(together);
                    try {
                      made.start();
                    } catch (RejectedExecutionException closed) {
                      refused.set(true);
                    }
                  });
      meet(together);
      List<Goroutine> survivors = scheduler.close(Duration.ZERO);
      starter.join();
      release.countDown();
      if (refused.get()) {
        assertEquals(List.of(), survivors);
        assertTrue(TestMode.current().isGpm());
      } else {
        LockSupport.unpark(made);
        Await.zero(done, "the thread runs");
        // The jdk backend sees it only when it runs.
        assertTrue(survivors.size() == 1 || !TestMode.current().isGpm(), survivors::toString);
      }
      assertTrue(made.join(LONG));
    }
  }

  private static void meet(CountDownLatch together) {
    together.countDown();
    while (together.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("Virtual threads that goroutines started go on after they ended and after the close")
  void foreignThreadsGoOn() throws Exception {
    Scheduler scheduler = Scheduler.builder().procs(2).build();
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> children = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    Goroutine parent =
        scheduler.go(
            () -> {
              for (int i = 0; i < 20; i++) {
                children.add(
                    Thread.startVirtualThread(
                        () -> {
                          awaitUninterrupted(release);
                          LockSupport.parkNanos(1_000);
                          Thread.yield();
                          Thread grandchild = Thread.startVirtualThread(done::getAndIncrement);
                          joinUninterrupted(grandchild);
                        }));
              }
            });
    assertTrue(parent.join(LONG));
    assertEquals(List.of(), scheduler.close(LONG));
    release.countDown();
    for (Thread child : children) {
      assertTrue(child.join(LONG), () -> child + " does not go on");
    }
    assertEquals(20, done.get());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts it", e);
    }
  }

  private static void joinUninterrupted(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts it", e);
    }
  }

  @Test
  @Tag("gpm")
  @DisplayName("Closed and unreachable: machines end; not before the last foreign thread is gone")
  void machinesEndWhenUnreachable() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> machines = new ArrayList<>();
    List<WeakReference<Thread>> child = new ArrayList<>();
    closeWithChild(release, machines, child);
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(1);
    }
    for (Thread machine : machines) {
      assertTrue(machine.isAlive());
    }
    release.countDown();
    Await.until(
        () -> {
          System.gc();
          Thread left = child.getFirst().get();
          return left == null || !left.isAlive();
        },
        "the foreign thread runs");
    for (Thread machine : machines) {
      Await.until(
          () -> {
            System.gc();
            return !machine.isAlive();
          },
          () -> machine + " ends");
    }
  }

  private static void closeWithChild(
      CountDownLatch release, List<Thread> machines, List<WeakReference<Thread>> child)
      throws InterruptedException {
    Scheduler scheduler = Scheduler.builder().procs(2).build();
    for (Machine machine : SchedulerTesting.core(scheduler).table.all()) {
      machines.add(machine);
    }
    Goroutine parent =
        scheduler.go(
            () ->
                child.add(
                    new WeakReference<>(
                        Thread.startVirtualThread(() -> awaitUninterrupted(release)))));
    assertTrue(parent.join(LONG));
    assertEquals(List.of(), scheduler.close(LONG));
  }

  @Test
  @Tag("gpm")
  @DisplayName("Closed with nothing left: machines and monitor end at once")
  void threadsEndAtOnce() throws Exception {
    for (int round = 0; round < Scale.times(50); round++) {
      Scheduler scheduler = Scheduler.builder().name("ends-" + round).procs(3).build();
      Core core = SchedulerTesting.core(scheduler);
      for (int i = 0; i < 10; i++) {
        scheduler.go(Scheduler::yieldCurrent);
      }
      if (round % 2 == 0) {
        scheduler.procs(1);
      }
      assertEquals(List.of(), scheduler.close(LONG));
      for (Machine machine : core.table.all()) {
        assertTrue(machine.join(LONG), () -> machine + " has not ended; " + scheduler.stats());
      }
    }
  }
}
