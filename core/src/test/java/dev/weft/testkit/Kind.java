package dev.weft.testkit;

import java.util.List;

/// The kinds of thread that a channel has to serve alike.
public enum Kind {
  /// Goroutines of the gpm backend.
  GPM,
  /// Goroutines of the jdk backend.
  JDK,
  /// Virtual threads that are no goroutines.
  VIRTUAL,
  PLATFORM;

  /// The kinds that this run of the tests looks at: goroutines of its backend, and the others.
  public static List<Kind> ofThisRun() {
    return List.of(TestMode.current().isGpm() ? GPM : JDK, VIRTUAL, PLATFORM);
  }

  public boolean isGoroutine() {
    return this == GPM || this == JDK;
  }
}
