package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.TestMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a builder refuses, and how it says so.
class BuilderTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private final Scheduler.Builder builder = TestSchedulers.builder();

  private static void assertRefused(String message, Executable call) {
    IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, call);
    assertEquals(message, thrown.getMessage());
  }

  /// Calls it while system properties are set, and restores them.
  private static <T> T with(Map<String, String> properties, Supplier<T> call) {
    Map<String, @Nullable String> before = new TreeMap<>();
    properties.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      return call.get();
    } finally {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 65_535, Integer.MAX_VALUE})
  @DisplayName("procs and maxThreads out of 1 to 65534 are refused at once")
  void ranges(int value) {
    assertRefused("procs of " + value + " is out of range: 1 to 65534", () -> builder.procs(value));
    assertRefused(
        "maxThreads of " + value + " is out of range: 1 to 65534", () -> builder.maxThreads(value));
  }

  @Test
  @DisplayName("Fewer maxThreads than procs are refused when the scheduler is built")
  void fewerThreadsThanProcs() {
    assertRefused(
        "maxThreads of 2 is less than procs of 3; each processor needs a thread",
        builder.procs(3).maxThreads(2)::build);
  }

  @Test
  @DisplayName("A negative stack size is refused")
  void stackSize() {
    assertRefused("a stack of -1 bytes; use 0 for the default", () -> builder.carrierStackSize(-1));
  }

  @Test
  @DisplayName("Nulls are refused by name")
  @SuppressWarnings("NullAway")
  void nulls() {
    Map<String, Executable> calls =
        Map.of(
            "name", () -> builder.name(null),
            "backend", () -> builder.backend(null),
            "handler", () -> builder.uncaughtExceptionHandler(null),
            "policies", () -> builder.idlePolicy(null));
    calls.forEach(
        (name, call) ->
            assertEquals(name, assertThrows(NullPointerException.class, call).getMessage()));
  }

  @ParameterizedTest
  @CsvSource({
    "weft.procs, 0, -Dweft.procs of 0 is out of range: 1 to 65534",
    "weft.procs, 65535, -Dweft.procs of 65535 is out of range: 1 to 65534",
    "weft.procs, two, -Dweft.procs=two is no number; use 1 to 65534",
    "weft.maxThreads, -5, -Dweft.maxThreads of -5 is out of range: 1 to 65534",
    "weft.maxThreads, 1e3, -Dweft.maxThreads=1e3 is no number; use 1 to 65534"
  })
  @DisplayName("A system property that makes no sense is refused, and not taken for unset")
  void properties(String name, String value, String message) {
    assertRefused(message, () -> with(Map.of(name, value), builder::build));
  }

  @Test
  @DisplayName("A system property that the builder overrides is not looked at")
  void overridden() {
    Scheduler scheduler =
        with(
            Map.of("weft.procs", "nonsense", "weft.maxThreads", "nonsense"),
            () -> schedulers.start(builder.procs(1).maxThreads(5)));
    assertNotNull(scheduler);
  }

  @Test
  @DisplayName("The properties weft.procs and weft.maxThreads hold for who says nothing")
  void defaults() {
    Scheduler scheduler =
        with(
            Map.of("weft.procs", "3", "weft.maxThreads", "4"),
            () -> schedulers.start(TestSchedulers.builder()));
    assertNotNull(scheduler);
    if (TestMode.current().isGpm()) {
      assertEquals(3, scheduler.procs());
      assertEquals(3, scheduler.procs(4));
      assertThrows(IllegalArgumentException.class, () -> scheduler.procs(5));
      assertEquals(4, scheduler.procs(3));
    }
  }

  @Test
  @DisplayName("A builder can be used again, and each build is a scheduler of its own")
  void reuse() throws InterruptedException {
    builder.procs(1).name("again");
    Scheduler first = schedulers.start(builder);
    Scheduler second = schedulers.start(builder);
    assertNotSame(first, second);
    first.close();
    Goroutine goroutine = second.go(() -> {});
    goroutine.join();
    assertEquals("again", second.name());
  }

  @Test
  @DisplayName("toString names the scheduler, its backend, processors and goroutines")
  void text() {
    Scheduler scheduler = schedulers.start(builder.name("texted").procs(2));
    String backend = scheduler.backend().backend() == Backend.GPM ? "gpm" : "jdk";
    assertEquals(
        "Scheduler[texted, " + backend + ", procs=" + scheduler.procs() + ", goroutines=0]",
        scheduler.toString());
    scheduler.close();
    assertTrue(scheduler.toString().endsWith("goroutines=0, closed]"), scheduler.toString());
  }
}
