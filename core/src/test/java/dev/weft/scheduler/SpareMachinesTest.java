package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.core;
import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.testkit.Await;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Spare machines: started when goroutines block theirs, and ended when nobody needs them.
@Tag("gpm")
class SpareMachinesTest {

  @Test
  @DisplayName("Spares end after their idle time, down to procs, and come again when wanted")
  void sparesEnd() throws Exception {
    try (Scheduler scheduler =
        Scheduler.builder().procs(1).spareIdle(Duration.ofMillis(20)).build()) {
      for (int round = 0; round < 3; round++) {
        blockAtOnce(scheduler, 5);
        awaitOneThread(scheduler);
        checkAtRest(scheduler);
      }
      assertTrue(scheduler.stats().spareThreads() >= 12);
    }
  }

  @Test
  @DisplayName("A timer that waits while spares end still fires, though all machines are idle")
  void timerOutlivesSpares() throws Exception {
    try (Scheduler scheduler =
        Scheduler.builder().procs(1).spareIdle(Duration.ofMillis(20)).build()) {
      for (int round = 0; round < 3; round++) {
        blockAtOnce(scheduler, 3);
        Goroutine sleeper = scheduler.go(() -> assertEquals(Waiter.TIMED_OUT, timedWait(300)));
        awaitOneThread(scheduler);
        join(sleeper);
      }
      checkAtRest(scheduler);
    }
  }

  private static void awaitOneThread(Scheduler scheduler) throws InterruptedException {
    Await.until(
        () -> scheduler.stats().threads() == 1,
        () ->
            "the spares end: permitted " + core(scheduler).permitted() + ", " + scheduler.stats());
  }

  private static int timedWait(int millis) {
    Runtime runtime = Runtime.get();
    Waiter waiter = runtime.waiter();
    long ticket = waiter.arm();
    long deadline = runtime.nanoTime() + Duration.ofMillis(millis).toNanos();
    return waiter.awaitUntil(ticket, WaitReason.SLEEP, runtime, deadline);
  }

  /// So many goroutines that block their machines until all of them do.
  private static void blockAtOnce(Scheduler scheduler, int count) throws InterruptedException {
    CountDownLatch all = new CountDownLatch(count);
    List<Goroutine> blocking = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocking.add(
          scheduler.go(
              () ->
                  Pin.run(
                      () -> {
                        all.countDown();
                        Await.zero(all, "all block at once");
                      })));
    }
    joinAll(blocking);
  }

  @Test
  @DisplayName("A spare that cannot be started is counted and tried again; then all goes on")
  void refusedStartIsTriedAgain() throws Exception {
    AtomicInteger refusals = new AtomicInteger(3);
    refuse(refusals, () -> new OutOfMemoryError("unable to create native thread"));
    assertEquals(0, refusals.get());
  }

  @Test
  @DisplayName("A spare whose idle policy cannot be made: the place it had claimed is given back")
  void failedSpareGivesBack() throws Exception {
    AtomicInteger reported = new AtomicInteger();
    UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> reported.getAndIncrement());
    try {
      refuse(new AtomicInteger(3), () -> new IllegalStateException("no policy"));
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertEquals(3, reported.get());
  }

  @Test
  @DisplayName("While the system refuses threads nobody asks the monitor for more")
  void refusalIsRespected() throws Exception {
    AtomicBoolean refusing = new AtomicBoolean();
    Core core =
        new Core(
            Scheduler.builder()
                .name("refused")
                .procs(2)
                .idlePolicy(
                    () -> {
                      if (refusing.get()) {
                        throw new OutOfMemoryError("unable to create native thread");
                      }
                      return workCount -> LockSupport.parkNanos(1_000_000);
                    })
                .settings());
    try {
      core.control.claimNew(core.permitted());
      core.newMachine(false).stopSpinning(); // it is running something
      refusing.set(true);
      core.global.addLast(UnstartedCore.TASK);
      core.wake();
      assertTrue(core.monitor().isMachineWanted(), "the first one asks");
      core.monitor().tick(true);
      assertEquals(1, core.stats.startsFailed());
      core.wake();
      assertFalse(core.monitor().isMachineWanted(), "wakes the monitor all the time");
      refusing.set(false);
      Await.until(
          () -> {
            core.monitor().tick(true);
            return core.stats.machinesStarted() > 0;
          },
          "tried again");
      assertEquals(2, core.table.size());
    } finally {
      core.end();
    }
  }

  /// Makes so many starts of spares fail, by the policy that each of them asks for.
  private static void refuse(AtomicInteger refusals, Supplier<Throwable> failure)
      throws InterruptedException {
    int before = refusals.get();
    AtomicBoolean built = new AtomicBoolean();
    try (Scheduler scheduler =
        Scheduler.builder()
            .procs(1)
            .idlePolicy(
                () -> {
                  if (built.get() && refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    throw SpareMachinesTest.<RuntimeException>unchecked(failure.get());
                  }
                  return workCount -> {
                    if (workCount == 0) {
                      LockSupport.parkNanos(1_000_000);
                    }
                  };
                })
            .build()) {
      built.set(true);
      blockAtOnce(scheduler, 3);
      assertEquals(before, scheduler.stats().threadStartsFailed());
      Core core = core(scheduler);
      Await.until(() -> core.control.active() == 0, "at rest");
      SchedulerTesting.checkInvariants(core);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // not checked at run time
  private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
