package dev.weft.examples.words;

/// Where sequential code puts what it finds: a channel in the concurrent program.
///
/// @param <T> what it takes
@FunctionalInterface
interface Sink<T> {

  /// Hands over one element; the caller no longer touches it.
  ///
  /// @throws InterruptedException if the goroutine was interrupted, or told to stop
  void send(T element) throws InterruptedException;

  /// For who works for long without anything to send.
  ///
  /// @throws InterruptedException if the goroutine was interrupted, or told to stop
  default void checkWanted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted");
    }
  }
}
