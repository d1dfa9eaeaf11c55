package dev.weft.internal.park;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The clock of a timer. None of its methods waits for anything but a lock, shortly; they are
/// called with no lock held.
public interface TickClock {

  /// {@return the present instant, in nanoseconds since some fixed moment} Positive, and never
  /// decreases.
  long nanoTime();

  /// {@return the time of day of an instant that has passed}
  ///
  /// @param nanos on the clock of [#nanoTime()]
  Instant instantAt(long nanos);

  /// Arranges that `waiter.wake()` is called at an instant. It decides nothing: the owner looks
  /// again what the time is.
  ///
  /// @param waiter the calling thread's waiter
  /// @param deadline on the clock of [#nanoTime()]
  /// @return what to cancel afterwards, or null when the calling thread had better park with a
  ///   timeout itself; then the clock is that of [Runtime#nanoTime()]
  @Nullable Alarm wakeAt(Waiter waiter, long deadline);
}
