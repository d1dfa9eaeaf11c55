package dev.weft.scheduler;

/// What runs goroutines.
public enum Backend {
  /// Weft's own scheduler if this JVM permits it, else the JDK's: what a builder starts with.
  AUTO,
  /// Weft's own G-P-M scheduler. It needs the package `java.lang` to be open to Weft.
  GPM,
  /// The JDK's scheduler of virtual threads. It needs nothing.
  JDK
}
