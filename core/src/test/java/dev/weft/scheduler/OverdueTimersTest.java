package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerShard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Timers do not wait until the machines have nothing else to do.
@Tag("gpm")
class OverdueTimersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static AtomicBoolean addOverdue(TimerShard shard) {
    AtomicBoolean fired = new AtomicBoolean();
    shard.add(
        new TimerNode(0) {
          @Override
          protected void fire(long now) {
            fired.set(true);
          }
        });
    return fired;
  }

  @Test
  @DisplayName("SCH-31: a busy machine is told to run the timers of a processor that was retired")
  void busyMachineIsTold() {
    UnstartedCore unstarted = new UnstartedCore(2);
    Core core = unstarted.core;
    Machine busy = unstarted.running();
    Machine retired = unstarted.idle();
    core.setProcs(1);
    busy.processor.lowerAll();
    AtomicBoolean fired = addOverdue(retired.processor.timers);
    core.monitor().tick(true);
    assertEquals(1, core.control.active(), "no second machine is permitted");
    if (busy.processor.flags() != 0) {
      assertTrue(busy.attend(), "it goes on");
    }
    assertTrue(fired.get(), "the timer waits until the busy machine has nothing to do");
    core.monitor().tick(true);
    assertEquals(0, busy.processor.flags(), "nothing is overdue any more");
  }

  @Test
  @DisplayName("SCH-31: sleepers wake under full load after procs(n) retired their processor")
  void retiredProcessor() throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Scheduler scheduler =
        Scheduler.builder().name("overdue-test").backend(Backend.GPM).procs(2).build();
    Core core = ((GpmBackend) scheduler.backendForTests()).core();
    try (scheduler) {
      List<Goroutine> sleepers = new ArrayList<>();
      while (core.timerShards()[0].pending() == 0 || core.timerShards()[1].pending() == 0) {
        sleepers.add(scheduler.go(() -> sleep(Duration.ofSeconds(1))));
      }
      assertEquals(2, scheduler.procs(1));
      for (int i = 0; i < 4; i++) {
        scheduler.go(
            () -> {
              while (!over.get()) {
                Scheduler.yieldCurrent();
              }
            });
      }
      for (Goroutine sleeper : sleepers) {
        assertTrue(sleeper.join(PATIENCE), "nobody runs the timers: " + scheduler.stats());
      }
      over.set(true);
    } finally {
      over.set(true);
    }
  }

  @Test
  @DisplayName("SCH-18: what a timer overtakes does not wait for the machine that queued it")
  void overtaken() {
    UnstartedCore unstarted = new UnstartedCore(2);
    Core core = unstarted.core;
    Machine machine = unstarted.running();
    unstarted.idle();
    // What has just yielded here goes to the ring and wakes nobody: this machine polls next.
    Schedulable yielded = () -> {};
    machine.processor.queue.offer(yielded);
    Schedulable readied = () -> {};
    machine.processor.timers.add(
        new TimerNode(0) {
          @Override
          protected void fire(long now) {
            machine.readyByMachine(readied);
          }
        });
    assertSame(readied, new WorkSearch(core, machine).own());
    assertSame(yielded, machine.processor.queue.poll());
    assertEquals(1, core.control.spinning(), "the idle machine is not woken for what yielded");
  }

  private static void sleep(Duration time) {
    Waiter waiter = Runtime.get().waiter();
    long deadline = Runtime.get().nanoTime() + time.toNanos();
    waiter.awaitUntil(waiter.arm(), WaitReason.SLEEP, PATIENCE, deadline);
  }
}
