package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is different on the jdk backend, which every JVM has.
@SuppressWarnings("NullAway") // provokes what it warns of
class JdkBackendTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private Scheduler start() {
    return schedulers.start(
        Scheduler.builder()
            .backend(Backend.JDK)
            .procs(1000)
            .maxThreads(1000)
            .carrierStackSize(1 << 20)
            .idlePolicy(() -> workCount -> {}));
  }

  @Test
  @DisplayName(
      "SCH-30: procs reads what the JDK uses; a change is refused and says what would help")
  void procs() {
    Scheduler scheduler = start();
    Integer told = Integer.getInteger("jdk.virtualThreadScheduler.parallelism");
    int expected = told != null ? told : Runtime.getRuntime().availableProcessors();
    assertEquals(expected, scheduler.procs());
    assertEquals(expected, scheduler.procs(0));
    assertEquals(expected, scheduler.procs(-1));
    UnsupportedOperationException thrown =
        assertThrows(UnsupportedOperationException.class, () -> scheduler.procs(expected));
    assertTrue(
        thrown.getMessage().contains("jdk.virtualThreadScheduler.parallelism"),
        thrown.getMessage());
    assertTrue(thrown.getMessage().contains("gpm"), thrown.getMessage());
  }

  @Test
  @DisplayName("stats has what the JDK tells, and nothing else")
  void stats() throws InterruptedException {
    Scheduler scheduler = start();
    CountDownLatch release = new CountDownLatch(1);
    Goroutine goroutine = scheduler.go(release::await);
    SchedulerStats stats = scheduler.stats();
    assertEquals(
        new SchedulerStats(
            Backend.JDK, scheduler.procs(), 1, 0, 0, 0, 0, 0, List.of(), 0, 0, 0, 0, 0, 0, 0, 0),
        stats);
    release.countDown();
    goroutine.join();
    assertNull(goroutine.failure());
    assertEquals(0, scheduler.stats().goroutines());
  }

  @Test
  @DisplayName("It says who asked for it")
  void reason() {
    assertEquals(
        new BackendChoice(Backend.JDK, "jdk was asked for by the builder"), start().backend());
  }
}
