package dev.weft.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TestModeTest {
  private final TestMode mode = TestMode.current();

  @Test
  @DisplayName("java.lang is open to Weft exactly when the backend is gpm")
  void backend() {
    assertEquals(mode.isGpm(), TestMode.javaLangIsOpen());
  }

  @Test
  @DisplayName("Weft is a named module exactly when it is on the module path")
  void path() {
    assertEquals(mode.isModulePath(), TestMode.ourModule().isNamed());
    assertEquals(mode.isModulePath() ? "dev.weft" : null, TestMode.ourModule().getName());
  }
}
