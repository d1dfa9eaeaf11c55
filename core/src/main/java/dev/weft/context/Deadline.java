package dev.weft.context;

import dev.weft.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A moment of a clock: as a time of day, for people, and as what waiting goes by.
///
/// @param clock whose time it is
/// @param instant for people
/// @param nanos on [Clock#nanoTime()], which nobody sets; saturated
record Deadline(Clock clock, Instant instant, long nanos) {

  static Deadline after(Clock clock, Duration timeout) {
    Objects.requireNonNull(clock, "clock");
    return new Deadline(clock, saturated(clock, timeout), nanosAfter(clock, timeout));
  }

  static Deadline at(Clock clock, Instant instant) {
    Objects.requireNonNull(clock, "clock");
    Duration left = Duration.between(clock.instant(), instant);
    return new Deadline(clock, instant, nanosAfter(clock, left));
  }

  private static long nanosAfter(Clock clock, Duration timeout) {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long now = clock.nanoTime();
    return now + Math.min(nanos, Long.MAX_VALUE - now);
  }

  private static Instant saturated(Clock clock, Duration timeout) {
    try {
      return clock.instant().plus(timeout);
    } catch (DateTimeException | ArithmeticException beyond) {
      return timeout.isNegative() ? Instant.MIN : Instant.MAX;
    }
  }

  /// How long there is; nothing or less if it has passed.
  long nanosLeft() {
    return nanos - clock.nanoTime();
  }

  /// Whether it certainly comes before another one. Of two clocks nobody knows.
  boolean isBefore(Deadline other) {
    return clock == other.clock && nanos < other.nanos;
  }
}
