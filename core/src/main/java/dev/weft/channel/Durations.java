package dev.weft.channel;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.weft.internal.park.Runtime;
import java.time.Duration;
import java.util.Objects;

/// Durations as nanoseconds, and as deadlines; what does not fit is for ever.
final class Durations {

  private Durations() {}

  /// The duration in nanoseconds, saturated.
  static long nanos(Duration duration) {
    return NANOSECONDS.convert(Objects.requireNonNull(duration, "timeout"));
  }

  /// The moment so many nanoseconds from now, more than none, on the clock of the runtime.
  static long deadline(long nanos) {
    long deadline = Runtime.get().nanoTime() + nanos;
    return deadline < 0 ? BlockingOperations.NEVER : deadline;
  }
}
