package dev.weft.context;

import dev.weft.internal.park.Runtime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// A moment, on the system's clock for people, and on the runtime's for comparing.
///
/// @param instant for people
/// @param nanos on the clock of the runtime, which nobody sets; saturated
record Deadline(Instant instant, long nanos) {

  static Deadline after(Duration timeout) {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long now = Runtime.get().nanoTime();
    return new Deadline(saturated(timeout), now + Math.min(nanos, Long.MAX_VALUE - now));
  }

  static Deadline at(Instant instant) {
    Duration left = Duration.between(Instant.now(), instant);
    return new Deadline(instant, after(left).nanos);
  }

  private static Instant saturated(Duration timeout) {
    try {
      return Instant.now().plus(timeout);
    } catch (java.time.DateTimeException | ArithmeticException beyond) {
      return timeout.isNegative() ? Instant.MIN : Instant.MAX;
    }
  }

  /// How long there is; nothing or less if it has passed.
  long nanosLeft() {
    return nanos - Runtime.get().nanoTime();
  }
}
