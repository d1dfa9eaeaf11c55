package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.core;
import static dev.weft.scheduler.SchedulerTesting.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: a stack walk submits a goroutine that is queued already once more, so that it stands
/// in the queues several times, and running it may do nothing.
@Tag("gpm")
class StackWalkTrapsTest {

  @Test
  @DisplayName("unpark and two stack walks of one goroutine: queued three times, runs once")
  void queuedThreeTimesRunsOnce() throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(1).withoutMonitor().build()) {
      AtomicInteger woken = new AtomicInteger();
      Goroutine parked =
          scheduler.go(
              () -> {
                LockSupport.park();
                woken.getAndIncrement();
                LockSupport.park();
                woken.getAndIncrement();
              });
      Await.state(parked.thread(), Thread.State.WAITING);
      CountDownLatch hogs = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      Goroutine hog = scheduler.go(() -> spin(hogs, release));
      hogs.await();

      LockSupport.unpark(parked.thread());
      assertTrue(parked.thread().getStackTrace().length > 0);
      assertTrue(parked.thread().getStackTrace().length > 0);

      assertEquals(3, core(scheduler).global.size());
      release.countDown();
      join(hog);
      Await.until(() -> core(scheduler).control.active() == 0, "all three have been taken");
      assertEquals(1, woken.get());
      assertEquals(Goroutine.State.WAITING, parked.state());
      LockSupport.unpark(parked.thread());
      join(parked);
      assertEquals(2, woken.get());
      checkAtRest(scheduler);
    }
  }

  @Test
  @DisplayName("Stack walks of a goroutine that is queued after a yield do not run it twice")
  void walkOfYielded() throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(1).withoutMonitor().build()) {
      CountDownLatch yielding = new CountDownLatch(1);
      CountDownLatch hogs = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      AtomicInteger steps = new AtomicInteger();
      Goroutine yielder =
          scheduler.go(
              () -> {
                yielding.countDown();
                Scheduler.yieldCurrent(); // the hog goes on the processor
                for (int i = 0; i < 10; i++) {
                  steps.getAndIncrement();
                  Scheduler.yieldCurrent();
                }
              });
      Goroutine hog =
          scheduler.go(
              () -> {
                yielding.await();
                spin(hogs, release);
              });
      hogs.await();
      for (int i = 0; i < 5; i++) {
        yielder.thread().getStackTrace();
      }
      release.countDown();
      join(hog);
      join(yielder);
      assertEquals(10, steps.get());
      checkAtRest(scheduler);
    }
  }

  @Test
  @DisplayName("The stack of a parked goroutine shows where it waits, and the walk leaves it there")
  void stackOfParked() throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(1).build()) {
      Goroutine parked = scheduler.go(StackWalkTrapsTest::parkHere);
      Await.state(parked.thread(), Thread.State.WAITING);
      for (int i = 0; i < 100; i++) {
        assertTrue(
            Arrays.stream(parked.thread().getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("parkHere")));
        assertEquals(Goroutine.State.WAITING, parked.state());
      }
      LockSupport.unpark(parked.thread());
      join(parked);
      checkAtRest(scheduler);
    }
  }

  private static void parkHere() {
    LockSupport.park();
  }

  private static void spin(CountDownLatch running, CountDownLatch until) {
    running.countDown();
    while (until.getCount() != 0) {
      Thread.onSpinWait();
    }
  }
}
