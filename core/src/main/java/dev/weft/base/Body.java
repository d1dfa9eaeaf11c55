package dev.weft.base;

/// The body of a goroutine: code that returns nothing and may throw anything.
///
/// It stands for the function of Go's `go f()` statement. What a body throws never vanishes: it
/// reaches the scheduler's handler for uncaught exceptions, or the group or future that runs it.
@FunctionalInterface
public interface Body {

  /// Runs to the end of the goroutine.
  ///
  /// @throws Throwable whatever the body cannot handle; it ends this goroutine only
  void run() throws Throwable;
}
