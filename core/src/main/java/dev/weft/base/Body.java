package dev.weft.base;

/// What a goroutine runs. It may throw anything.
@FunctionalInterface
public interface Body {
  /// Runs the body.
  ///
  /// @throws Throwable whatever the body throws
  void run() throws Throwable;
}
