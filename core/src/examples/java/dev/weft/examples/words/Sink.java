package dev.weft.examples.words;

/// Where sequential code puts what it finds: a pipe in the concurrent program.
///
/// @param <T> what it takes
@FunctionalInterface
interface Sink<T> {

  /// Hands over one element; the caller no longer touches it.
  ///
  /// @throws InterruptedException if the goroutine was interrupted while it waited for room
  void send(T element) throws InterruptedException;
}
