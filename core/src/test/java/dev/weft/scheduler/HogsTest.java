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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Goroutines that compute without end, which nobody can preempt: the others run all the same.
@Tag("gpm")
@Tag("slow")
class HogsTest {
  private static final int PROCS = 2;

  private final Scheduler scheduler = Scheduler.builder().procs(PROCS).build();
  private final AtomicBoolean stop = new AtomicBoolean();

  @AfterEach
  void close() {
    stop.set(true);
    scheduler.close();
  }

  @Test
  @DisplayName("SCH-23: two that compute until a third has run, on two processors, end")
  void thirdRuns() throws Exception {
    List<Goroutine> all = startHogs(PROCS);
    all.add(scheduler.go(() -> stop.set(true)));
    joinAll(all);
    checkAtRest(scheduler);
  }

  @Test
  @DisplayName("Hogs that wait for each other to start get machines beyond those of the first ones")
  void hogsMeet() throws Exception {
    int count = 4 * PROCS;
    AtomicInteger started = new AtomicInteger();
    List<Goroutine> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          scheduler.go(
              () -> {
                started.getAndIncrement();
                while (started.get() < count && !stop.get()) {
                  Thread.onSpinWait();
                }
              }));
    }
    joinAll(all);
    assertEquals(count, started.get());
    checkAtRest(scheduler);
  }

  @Test
  @DisplayName("A goroutine in a timed wait wakes while hogs keep all processors")
  void sleeperWakes() throws Exception {
    List<Goroutine> all = startHogs(PROCS);
    all.add(
        scheduler.go(
            () -> {
              for (int i = 0; i < 10; i++) {
                assertEquals(Waiter.TIMED_OUT, sleepBriefly());
              }
              stop.set(true);
            }));
    joinAll(all);
    checkAtRest(scheduler);
  }

  @Test
  @DisplayName("A thousand hogs: one that sleeps goes on, there are few threads, all end at last")
  void thousandHogs() throws Exception {
    AtomicInteger progress = new AtomicInteger();
    List<Goroutine> all = new ArrayList<>();
    all.add(
        scheduler.go(
            () -> {
              while (!stop.get()) {
                sleepBriefly();
                progress.getAndIncrement();
              }
            }));
    all.addAll(startHogs(1_000));
    int most = 0;
    for (int seen = progress.get(), i = 0; i < 4; seen++, i++) {
      int last = seen;
      Await.until(() -> progress.get() > last, () -> "progress: " + scheduler.stats());
      most = Math.max(most, scheduler.stats().threads());
    }
    int threads = most;
    assertTrue(threads < 100, () -> threads + " threads: " + scheduler.stats());
    stop.set(true);
    joinAll(all);
    join(scheduler.go(() -> {}));
    checkAtRest(scheduler);
  }

  private List<Goroutine> startHogs(int count) {
    List<Goroutine> hogs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hogs.add(
          scheduler.go(
              () -> {
                while (!stop.get()) {
                  Thread.onSpinWait();
                }
              }));
    }
    return hogs;
  }

  private static int sleepBriefly() {
    Runtime runtime = Runtime.get();
    Waiter waiter = runtime.waiter();
    long deadline = runtime.nanoTime() + 1_000_000;
    return waiter.awaitUntil(waiter.arm(), WaitReason.SLEEP, runtime, deadline);
  }
}
