package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The debug flag, in a JVM of its own, since it is a constant.
@Tag("fork")
class DebugLocksTest {

  @Test
  @DisplayName("-Dweft.debug=locks reports who locks twice, and where it was locked first")
  void reported() throws Exception {
    for (String flag : List.of("locks", "other,locks")) {
      try (ChildJvm child =
          ChildJvm.start(DebugLocksMain.class, List.of("-Dweft.debug=" + flag), "on")) {
        child.awaitSuccess(60);
      }
    }
  }

  @Test
  @DisplayName("Without it, or with another one, nobody keeps a holder")
  void off() throws Exception {
    try (ChildJvm child =
        ChildJvm.start(DebugLocksMain.class, List.of("-Dweft.debug=other"), "off")) {
      child.awaitSuccess(60);
    }
    assertEquals(false, LockDebug.ON);
  }
}
