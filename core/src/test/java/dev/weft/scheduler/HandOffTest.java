package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.core;
import static dev.weft.scheduler.SchedulerTesting.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.testkit.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of all that belongs to a processor whose machine is stuck, and of the machine when
/// it comes back. All on one processor, so that nothing else can help.
@Tag("gpm")
class HandOffTest {
  private static final int CHILDREN = 20;

  private final Scheduler scheduler =
      Scheduler.builder().procs(1).spareIdle(Duration.ofMillis(20)).build();
  private final Core core = core(scheduler);
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicBoolean giveUp = new AtomicBoolean();

  @AfterEach
  void close() {
    giveUp.set(true);
    scheduler.close();
  }

  @Test
  @DisplayName("What waits in ring and slot of a machine that a hog keeps is run by others")
  void hogsQueueRuns() throws Exception {
    join(
        scheduler.go(
            () -> {
              startChildren();
              spinUntil(() -> ran.get() == CHILDREN);
            }));
    assertEquals(CHILDREN, ran.get());
    assertPermissionsReturn();
  }

  @Test
  @DisplayName("What waits in ring and slot of a machine that is blocked is run by others")
  void blockedQueueRuns() throws Exception {
    join(
        scheduler.go(
            () -> {
              startChildren();
              Pin.run(() -> Await.until(() -> ran.get() == CHILDREN, "the children run"));
            }));
    assertEquals(CHILDREN, ran.get());
    assertPermissionsReturn();
  }

  @Test
  @DisplayName("What a goroutine starts and unparks after its machine was handed off is run")
  void readiedWhileHandedOff() throws Exception {
    CountDownLatch parks = new CountDownLatch(1);
    AtomicBoolean released = new AtomicBoolean();
    Goroutine parked =
        scheduler.go(
            () -> {
              parks.countDown();
              while (!released.get()) {
                LockSupport.park();
              }
              ran.getAndIncrement();
            });
    Await.zero(parks, "the other runs");
    Await.state(parked.thread(), Thread.State.WAITING);
    join(
        scheduler.go(
            () -> {
              Machine here = (Machine) CarrierAccess.currentCarrier();
              spinUntil(here.processor::isHandedOff);
              startChildren();
              released.set(true);
              LockSupport.unpark(parked.thread());
              assertTrue(here.processor.queue.isEmpty(here.processor.runNext));
              spinUntil(() -> ran.get() == CHILDREN + 1);
            }));
    assertEquals(CHILDREN + 1, ran.get());
    join(parked);
    assertPermissionsReturn();
  }

  @Test
  @DisplayName("The timers of a stuck processor fire")
  void timersFire() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    Goroutine sleeper =
        scheduler.go(
            () -> {
              Runtime runtime = Runtime.get();
              Waiter waiter = runtime.waiter();
              long ticket = waiter.arm();
              waits.countDown();
              long deadline = runtime.nanoTime() + Duration.ofMillis(100).toNanos();
              assertEquals(
                  Waiter.TIMED_OUT, waiter.awaitUntil(ticket, WaitReason.SLEEP, runtime, deadline));
              ran.getAndIncrement();
            });
    Await.zero(waits, "the sleeper is about to wait");
    join(
        scheduler.go(
            () -> {
              Machine here = (Machine) CarrierAccess.currentCarrier();
              spinUntil(here.processor::isHandedOff); // even if it starts when the sleep is over
              spinUntil(() -> ran.get() == 1);
            }));
    assertEquals(1, ran.get());
    join(sleeper);
    assertPermissionsReturn();
  }

  @Test
  @DisplayName("Hand-offs again and again: permission and threads come back to procs each time")
  void manyHandOffs() throws Exception {
    for (int i = 1; i <= 5; i++) {
      int due = i;
      Goroutine hog = scheduler.go(() -> spinUntil(() -> ran.get() == due));
      join(scheduler.go(ran::getAndIncrement));
      join(hog);
      assertPermissionsReturn();
      Await.until(() -> scheduler.stats().threads() == 1, () -> "" + scheduler.stats());
    }
  }

  @Test
  @DisplayName("SCH-31: one that comes back too many gives slot, then ring, to the global head")
  void comesBackTooMany() {
    UnstartedCore unstarted = new UnstartedCore(1);
    unstarted.core.end(); // so that nobody waits for work when it has left
    Machine stuck = unstarted.running();
    Schedulable[] tasks = new Schedulable[4];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] =
          new Schedulable() {
            @Override
            public void resume() {}
          };
    }
    stuck.processor.runNext.put(tasks[0]);
    stuck.processor.queue.put(tasks[1], unstarted.core.global);
    stuck.processor.queue.put(tasks[2], unstarted.core.global);
    unstarted.core.global.addLast(tasks[3]);
    unstarted.core.handOff(stuck.processor);
    assertEquals(2, unstarted.core.permitted());
    unstarted.running(); // takes its place
    assertFalse(stuck.attend());
    for (Schedulable task : tasks) {
      assertSame(task, unstarted.core.global.pollFirst());
    }
    assertNull(unstarted.core.global.pollFirst());
    assertEquals(1, unstarted.core.permitted());
    assertEquals(1, unstarted.core.control.active());
  }

  private void startChildren() {
    for (int i = 0; i < CHILDREN; i++) {
      scheduler.go(ran::getAndIncrement);
    }
  }

  private void spinUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean() && !giveUp.get()) {
      Thread.onSpinWait();
    }
  }

  private void assertPermissionsReturn() throws InterruptedException {
    Await.until(
        () -> core.permitted() == core.procs() && core.control.active() <= core.procs(),
        () -> "permitted " + core.permitted() + ", " + core.control);
    checkAtRest(scheduler);
    assertTrue(scheduler.stats().handOffs() > 0);
  }
}
