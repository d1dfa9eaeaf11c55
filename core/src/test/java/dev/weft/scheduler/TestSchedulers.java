package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.Await;
import dev.weft.testkit.TestMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The schedulers of one test: made for the backend of this run, and after the test checked and
/// closed. A goroutine that is left over, or a broken invariant, fails the test.
final class TestSchedulers implements AfterEachCallback {
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final List<Scheduler> made = new ArrayList<>();

  /// A builder for the backend of this run.
  static Scheduler.Builder builder() {
    return Scheduler.builder().backend(TestMode.current().isGpm() ? Backend.GPM : Backend.JDK);
  }

  /// A scheduler for the backend of this run, with two processors where that can be said.
  Scheduler start() {
    return start(builder().procs(2));
  }

  /// A gpm scheduler with one machine, which no monitor interferes with: what happens on it is
  /// determined by what its goroutines do, and by nothing else.
  Scheduler startSingle() {
    return startUnmonitored(1);
  }

  /// A gpm scheduler with so many machines and not one more, and without a monitor.
  Scheduler startUnmonitored(int machines) {
    return start(unmonitored(machines));
  }

  /// The settings of [#startUnmonitored].
  static Scheduler.Builder unmonitored(int machines) {
    return Scheduler.builder().backend(Backend.GPM).procs(machines).withoutMonitor();
  }

  /// Builds it and looks after it.
  Scheduler start(Scheduler.Builder builder) {
    Scheduler scheduler = builder.build();
    made.add(scheduler);
    return scheduler;
  }

  /// The core of a scheduler of the gpm backend.
  static Core core(Scheduler scheduler) {
    return ((GpmBackend) scheduler.backendForTests()).core();
  }

  /// Waits until no goroutine is alive and every machine idle, and checks that all is in order.
  static void awaitQuiet(Scheduler scheduler) throws InterruptedException {
    Await.until(() -> scheduler.numGoroutine() == 0, () -> "no goroutine left in " + scheduler);
    assertEquals(List.of(), scheduler.goroutines());
    if (scheduler.backendForTests() instanceof GpmBackend gpm && !gpm.core().isEnded()) {
      Core core = gpm.core();
      Await.until(() -> core.control.active() == 0, () -> "all machines idle: " + core.control);
      SchedulerTesting.checkInvariants(core);
      Await.until(core::permissionAddsUp, () -> "permitted " + core.permitted());
      assertEquals(0, core.global.size(), "global queue");
      SchedulerTesting.awaitPermissions(core);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    boolean failed = context.getExecutionException().isPresent();
    for (Scheduler scheduler : made) {
      if (failed) {
        scheduler.close(Duration.ZERO); // its goroutines may wait for what will not come
      } else {
        awaitQuiet(scheduler);
        assertEquals(List.of(), scheduler.close(GRACE));
      }
    }
  }
}
