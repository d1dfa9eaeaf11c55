package dev.weft.base;

/// Code that returns nothing and may throw one kind of exception, which its caller then sees.
///
/// Unlike a [Body], whose exceptions go to whoever runs the goroutine.
///
/// @param <X> what it may throw; RuntimeException if nothing checked
@FunctionalInterface
public interface ThrowingRunnable<X extends Throwable> {

  /// Runs.
  ///
  /// @throws X as the code decides
  void run() throws X;
}
