package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Goroutines that cannot be unmounted, so that a wait of theirs blocks the machine.
@Tag("gpm")
@Tag("slow")
class PinnedTest {
  private static final int MAX_THREADS = 64;
  private static final int PINNED = 1_000;

  @Test
  @DisplayName("A thousand pinned waiters: never more than maxThreads; a free place lets others go")
  void pinnedWaiters() throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(2).maxThreads(MAX_THREADS).build()) {
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger progress = new AtomicInteger();
      AtomicInteger pinned = new AtomicInteger();
      AtomicInteger ended = new AtomicInteger();
      Semaphore release = new Semaphore(0);
      List<Goroutine> all = new ArrayList<>();
      all.add(scheduler.go(() -> probe(stop, progress)));
      for (int i = 0; i < PINNED; i++) {
        all.add(
            scheduler.go(
                () -> {
                  Pin.run(
                      () -> {
                        pinned.getAndIncrement();
                        release.acquire();
                      });
                  ended.getAndIncrement();
                }));
      }
      Await.until(() -> pinned.get() == MAX_THREADS, () -> pinned + ": " + scheduler.stats());
      int before = progress.get();
      int released = 0;
      for (; released < PINNED && progress.get() == before; released++) {
        release.release();
        int due = released + 1;
        Await.until(() -> ended.get() == due, () -> due + " ended: " + scheduler.stats());
        assertThreads(scheduler);
      }
      assertTrue(progress.get() > before, "no progress though places were free");
      while (released < PINNED) {
        release.release();
        released++;
        assertThreads(scheduler);
      }
      stop.set(true);
      joinAll(all);
      assertEquals(PINNED, ended.get());
      assertThreads(scheduler);
      checkAtRest(scheduler);
    }
  }

  private static void assertThreads(Scheduler scheduler) {
    int threads = scheduler.stats().threads();
    assertTrue(threads <= MAX_THREADS, () -> threads + " threads");
  }

  private static void probe(AtomicBoolean stop, AtomicInteger progress) {
    Runtime runtime = Runtime.get();
    while (!stop.get()) {
      Waiter waiter = runtime.waiter();
      long deadline = runtime.nanoTime() + 100_000;
      waiter.awaitUntil(waiter.arm(), WaitReason.SLEEP, runtime, deadline);
      progress.getAndIncrement();
    }
  }

  @Test
  @DisplayName("A class initializer that blocks, and a hundred that wait for it: the others go on")
  void blockingInitializer() throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(2).build()) {
      List<Goroutine> waiting = new ArrayList<>();
      AtomicInteger right = new AtomicInteger();
      AtomicInteger arrived = new AtomicInteger();
      for (int i = 0; i < 101; i++) {
        waiting.add(
            scheduler.go(
                () -> {
                  arrived.getAndIncrement();
                  right.getAndAdd(Slow.value());
                }));
      }
      Await.zero(Gate.ENTERED, "the initializer runs");
      Await.until(() -> arrived.get() == 101, () -> arrived + ": " + scheduler.stats());
      for (int i = 0; i < 10; i++) {
        join(scheduler.go(Scheduler::yieldCurrent));
      }
      assertEquals(0, right.get());
      Gate.OPEN.countDown();
      joinAll(waiting);
      assertEquals(101, right.get());
      checkAtRest(scheduler);
    }
  }

  private static final class Gate {
    static final CountDownLatch ENTERED = new CountDownLatch(1);
    static final CountDownLatch OPEN = new CountDownLatch(1);

    static int pass() {
      ENTERED.countDown();
      try {
        OPEN.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return 1;
    }
  }

  private static final class Slow {
    private static final int VALUE = Gate.pass();

    static int value() {
      return VALUE;
    }
  }
}
