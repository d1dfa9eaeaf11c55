package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerNode;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Machines come and go, timers stay.
@Tag("gpm")
class TimersOfEndedMachinesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static int waitFor(Duration time) {
    Waiter waiter = Runtime.get().waiter();
    long deadline = Runtime.get().nanoTime() + time.toNanos();
    return waiter.awaitUntil(waiter.arm(), WaitReason.SLEEP, PATIENCE, deadline);
  }

  @Test
  @DisplayName("The machine that wakes for the earliest timer may end: another one does it then")
  void dutyIsPassedOn() throws InterruptedException {
    Scheduler scheduler =
        Scheduler.builder()
            .name("duty-test")
            .backend(Backend.GPM)
            .procs(1)
            .spareIdle(Duration.ofMillis(100))
            .build();
    try (scheduler) {
      // Both run at the same time, so there are two machines afterwards.
      AtomicInteger running = new AtomicInteger();
      Goroutine[] hogs = new Goroutine[2];
      for (int i = 0; i < hogs.length; i++) {
        hogs[i] =
            scheduler.go(
                () -> {
                  running.incrementAndGet();
                  while (running.get() < hogs.length) {
                    Thread.onSpinWait();
                  }
                });
      }
      for (Goroutine hog : hogs) {
        assertTrue(hog.join(PATIENCE), "the goroutines have run one after the other");
      }
      // All machines are idle when the spare one is ended, and the one on top of the stack waits
      // for this timer.
      AtomicInteger outcome = new AtomicInteger();
      Goroutine sleeper = scheduler.go(() -> outcome.set(waitFor(Duration.ofSeconds(2))));
      assertTrue(sleeper.join(PATIENCE), "nobody has run the timer: " + scheduler.stats());
      assertEquals(Waiter.TIMED_OUT, outcome.get());
      while (scheduler.stats().threads() > 1) {
        Thread.yield();
      }
    }
  }

  @Test
  @DisplayName("The timers of a machine that has ended are run by those that are left")
  void timersAreNotForgotten() {
    UnstartedCore unstarted = new UnstartedCore(2);
    Core core = unstarted.core;
    Machine searching = unstarted.spinning(); // 0, the first shard
    unstarted.idle(); // 1, the second shard
    unstarted.idle(); // 2, the first shard
    Machine top = core.control.popToEnd();
    Machine other = core.control.popToEnd();
    core.control.pushNew(Objects.requireNonNull(top));
    core.control.pushNew(Objects.requireNonNull(other)); // 1 is on top
    assertNotSame(searching.processor.timers, other.processor.timers);

    AtomicBoolean fired = new AtomicBoolean();
    other.processor.timers.add(
        new TimerNode(0) {
          @Override
          protected void fire(long now) {
            fired.set(true);
          }
        });
    new SpareMachines(core).trim(1, machine -> {});
    assertNull(core.table.get(other.id()), "it has ended");
    assertNull(new WorkSearch(core, searching).others());
    assertTrue(fired.get(), "the timer is nobody's");
    assertEquals(TimeSource.NEVER, core.earliestTimer());
  }
}
