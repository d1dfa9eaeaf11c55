package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.TestMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // provokes what it warns of
class BackendSelectionTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // wanted, property, obstacle: backend, reason
        "AUTO, -, -, GPM, java.lang is open and the self-test passed",
        "AUTO, -, it is closed, JDK, it is closed",
        "AUTO, auto, -, GPM, java.lang is open and the self-test passed",
        "AUTO, auto, it is closed, JDK, it is closed",
        "AUTO, jdk, -, JDK, jdk was asked for by -Dweft.scheduler=jdk",
        "AUTO, JDK, it is closed, JDK, jdk was asked for by -Dweft.scheduler=JDK",
        "AUTO, gpm, -, GPM, gpm was asked for by -Dweft.scheduler=gpm",
        "AUTO, Gpm, -, GPM, gpm was asked for by -Dweft.scheduler=Gpm",
        "JDK, -, -, JDK, jdk was asked for by the builder",
        "JDK, gpm, -, JDK, jdk was asked for by the builder",
        "JDK, gpm, it is closed, JDK, jdk was asked for by the builder",
        "JDK, nonsense, -, JDK, jdk was asked for by the builder",
        "GPM, -, -, GPM, gpm was asked for by the builder",
        "GPM, jdk, -, GPM, gpm was asked for by the builder",
        "GPM, nonsense, -, GPM, gpm was asked for by the builder"
      })
  @DisplayName("What is chosen follows from builder, property and what the JVM permits")
  void table(
      Backend wanted,
      @Nullable String property,
      @Nullable String obstacle,
      Backend backend,
      String reason) {
    assertEquals(
        new BackendChoice(backend, reason), BackendSelection.choose(wanted, property, obstacle));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GPM, -, by the builder",
        "GPM, jdk, by the builder",
        "AUTO, gpm, by -Dweft.scheduler=gpm"
      })
  @DisplayName("gpm that is not to be had is an error that says who asked for it and what is wrong")
  void gpmMissing(Backend wanted, @Nullable String property, String who) {
    UnsupportedOperationException thrown =
        assertThrows(
            UnsupportedOperationException.class,
            () -> BackendSelection.choose(wanted, property, "it is closed; open it"));
    assertEquals(
        "the gpm backend was asked for " + who + ", but it is closed; open it",
        thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "", " gpm", "0"})
  @DisplayName("A property that names no backend is refused")
  void unknown(String property) {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> BackendSelection.choose(Backend.AUTO, property, null));
    assertEquals(
        "-Dweft.scheduler=" + property + " names no backend; use auto, gpm or jdk",
        thrown.getMessage());
  }

  @Test
  @DisplayName("auto in this JVM comes to the backend that the JVM was started for")
  void here() {
    BackendChoice choice = BackendSelection.choose(Backend.AUTO);
    if (TestMode.current().isGpm()) {
      assertEquals(Backend.GPM, choice.backend());
    } else {
      assertEquals(Backend.JDK, choice.backend());
      String target = TestMode.current().isModulePath() ? "dev.weft" : "ALL-UNNAMED";
      assertTrue(
          choice.reason().contains("--add-opens java.base/java.lang=" + target + ","),
          choice.reason());
      assertTrue(choice.reason().contains("-javaagent:weft-core.jar"), choice.reason());
    }
  }

  @Test
  @DisplayName("gpm by the builder works, or is refused with the flag that would help")
  void gpmHere() {
    Scheduler.Builder builder = Scheduler.builder().backend(Backend.GPM).procs(1);
    if (TestMode.current().isGpm()) {
      try (Scheduler scheduler = builder.build()) {
        assertEquals(Backend.GPM, scheduler.backend().backend());
      }
    } else {
      UnsupportedOperationException thrown =
          assertThrows(UnsupportedOperationException.class, builder::build);
      assertTrue(thrown.getMessage().contains("--add-opens"), thrown.getMessage());
    }
  }
}
