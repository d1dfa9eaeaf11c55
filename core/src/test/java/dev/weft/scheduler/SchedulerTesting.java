package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;

/// What tests of the scheduler share.
final class SchedulerTesting {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private SchedulerTesting() {}

  /// Waits for goroutines and fails with what their bodies threw.
  static void joinAll(Collection<Goroutine> goroutines) throws InterruptedException {
    for (Goroutine goroutine : goroutines) {
      join(goroutine);
    }
  }

  /// Waits for a goroutine and fails with what its body threw.
  static void join(Goroutine goroutine) throws InterruptedException {
    assertTrue(
        goroutine.join(LIMIT),
        () -> goroutine + " has not ended within " + LIMIT + "; " + goroutine.scheduler().stats());
    Throwable failure = goroutine.failure();
    if (failure != null) {
      throw new AssertionError(goroutine + " failed", failure);
    }
  }

  /// The inside of a scheduler of the gpm backend.
  static Core core(Scheduler scheduler) {
    return ((GpmBackend) scheduler.backendForTests()).core();
  }

  /// Waits until every machine sleeps, and checks that nothing was left behind.
  static void checkAtRest(Scheduler scheduler) throws InterruptedException {
    Core core = core(scheduler);
    Await.until(() -> core.control.active() == 0, () -> "at rest: " + scheduler.stats());
    checkInvariants(core);
    Await.until(core::permissionAddsUp, () -> "permitted " + core.permitted());
    assertEquals(0, core.global.size(), "global queue at rest");
    for (Machine machine : core.table.all()) {
      assertTrue(
          machine.processor.queue.isEmpty(machine.processor.runNext),
          () -> machine + " sleeps on work");
    }
    assertEquals(0, core.stats.failures(), "internal failures");
  }

  /// Checks the structures of a core at rest.
  ///
  /// The monitor does not rest: it takes a spare machine off the stack first and out of the table
  /// then. So what looks wrong has to look wrong for long.
  static void checkInvariants(Core core) throws InterruptedException {
    AtomicReference<AssertionError> last = new AtomicReference<>();
    Await.until(
        () -> {
          try {
            core.checkInvariants();
            return true;
          } catch (AssertionError broken) {
            last.set(broken);
            return false;
          }
        },
        () -> "invariants that hold, but " + last);
  }

  /// Waits until as many machines may be active as there are processors. A machine that goes idle
  /// just when its processor is handed off leaves it to the monitor to take the permission back.
  static void awaitPermissions(Core core) throws InterruptedException {
    Await.until(
        () -> core.permitted() == core.procs(),
        () -> "permitted " + core.permitted() + " of " + core.procs() + ", " + core.control);
  }
}
