package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.core;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The number of processors goes up and down while goroutines run: none of them is lost.
@Tag("gpm")
class ProcsUnderLoadTest {
  private static final int MOST = 8;

  private final Scheduler scheduler = Scheduler.builder().procs(1).build();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void close() {
    over.set(true);
    scheduler.close();
  }

  @Test
  @DisplayName("SCH-31: procs 1, 8, 1 again and again: every element put into a queue comes out")
  void switchingLoad() throws Exception {
    int pairs = 8;
    int elements = Scale.times(5_000);
    ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(4);
    AtomicLong sum = new AtomicLong();
    List<Goroutine> all = new ArrayList<>();
    Thread changer = startChanging();
    for (int i = 0; i < pairs; i++) {
      all.add(
          scheduler.go(
              () -> {
                for (int n = 1; n <= elements; n++) {
                  queue.put(n);
                }
              }));
      all.add(
          scheduler.go(
              () -> {
                for (int n = 1; n <= elements; n++) {
                  sum.getAndAdd(queue.take());
                  if (n % 32 == 0) {
                    Scheduler.yieldCurrent();
                  }
                }
              }));
    }
    joinAll(all);
    stopChanging(changer);
    assertEquals((long) pairs * elements * (elements + 1) / 2, sum.get());
    assertTrue(queue.isEmpty());
  }

  @Test
  @DisplayName("SCH-31: procs 1, 8, 1 again and again: every goroutine of many trees runs once")
  void spawnLoad() throws Exception {
    int trees = Scale.times(40);
    int depth = 9;
    AtomicInteger ran = new AtomicInteger();
    CountDownLatch missing = new CountDownLatch(trees * ((1 << depth) - 1));
    Thread changer = startChanging();
    for (int i = 0; i < trees; i++) {
      scheduler.go(() -> grow(depth, ran, missing));
    }
    Await.zero(missing, "all goroutines of the trees have run");
    stopChanging(changer);
    assertEquals(trees * ((1 << depth) - 1), ran.get());
    assertEquals(0, scheduler.numGoroutine());
  }

  private void grow(int depth, AtomicInteger ran, CountDownLatch missing) {
    if (depth > 1) {
      scheduler.go(() -> grow(depth - 1, ran, missing));
      scheduler.go(() -> grow(depth - 1, ran, missing));
    }
    if (depth % 3 == 0) {
      Thread.yield();
    }
    ran.getAndIncrement();
    missing.countDown();
  }

  /// Changes procs until the load is over, at once or after whoever is too many has left.
  private Thread startChanging() {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              for (int i = 0; !over.get(); i++) {
                scheduler.procs(MOST);
                settle(i);
                scheduler.procs(1);
                settle(i);
              }
            });
  }

  private void settle(int turn) {
    Core core = core(scheduler);
    if (turn % 4 == 0) {
      while (core.control.active() > core.permitted() && !over.get()) {
        Thread.yield();
      }
    } else {
      Thread.yield();
    }
  }

  private void stopChanging(Thread changer) throws InterruptedException {
    over.set(true);
    changer.join();
    assertEquals(1, scheduler.procs());
    Core core = core(scheduler);
    Await.until(() -> core.control.active() == 0, () -> "at rest: " + scheduler.stats());
    Await.until(() -> core.permitted() == 1, () -> "permitted: " + core.permitted());
    checkAtRest(scheduler);
  }
}
