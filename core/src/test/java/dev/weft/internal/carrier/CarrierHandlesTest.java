package dev.weft.internal.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.TestMode;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Looking for the private parts of this JDK, and of later ones that have changed them.
class CarrierHandlesTest {

  private static CarrierHandles find(String virtualThread) {
    return CarrierHandles.find(MethodHandles.lookup(), virtualThread);
  }

  private static String failureOf(CarrierHandles handles) {
    assertNull(handles.newThread());
    assertNull(handles.currentCarrier());
    assertNull(handles.schedulerOf());
    assertNull(handles.jdkScheduler());
    assertNull(handles.osYield());
    String failure = handles.failure();
    assertNotNull(failure);
    return failure;
  }

  @Test
  @DisplayName(
      "All handles are found if java.lang is open, else none, and the reason names the flag")
  void here() {
    CarrierHandles handles = find("java.lang.VirtualThread");
    if (TestMode.current().isGpm()) {
      assertNull(handles.failure());
      assertNotNull(handles.newThread());
      assertNotNull(handles.currentCarrier());
      assertNotNull(handles.schedulerOf());
      assertNotNull(handles.jdkScheduler());
      assertNotNull(handles.osYield());
      assertTrue(CarrierAccess.AVAILABLE);
      assertNull(CarrierAccess.unavailable());
    } else {
      boolean module = TestMode.current().isModulePath();
      assertEquals(
          "java.lang is not open to "
              + (module ? "module dev.weft" : "the class path")
              + "; start the JVM with --add-opens java.base/java.lang="
              + (module ? "dev.weft" : "ALL-UNNAMED")
              + ", or with -javaagent:weft-core.jar, or from an executable jar with the manifest"
              + " entry Add-Opens: java.base/java.lang",
          failureOf(handles));
      assertEquals(handles.failure(), CarrierAccess.unavailable());
    }
  }

  @Test
  @DisplayName("A JDK whose virtual threads have another class: no flag helps")
  void classIsGone() {
    String failure = failureOf(find("java.lang.LightweightThread"));
    assertTrue(failure.startsWith("JDK " + Runtime.version().feature() + " has no"), failure);
    assertTrue(failure.contains("LightweightThread"), failure);
    assertTrue(failure.endsWith("no flag helps"), failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.Thread", "java.lang.Object", "java.lang.ThreadBuilders"})
  @DisplayName("A JDK whose virtual threads take no scheduler, or keep none: no handles")
  void constructorIsGone(String fake) {
    String failure = failureOf(find(fake));
    if (TestMode.current().isGpm()) {
      assertTrue(failure.endsWith("no flag helps"), failure);
      assertTrue(failure.contains("NoSuchMethodException"), failure);
    } else {
      assertTrue(failure.startsWith("java.lang is not open"), failure);
    }
  }
}
