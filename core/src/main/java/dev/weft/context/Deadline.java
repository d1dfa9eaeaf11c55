package dev.weft.context;

import dev.weft.time.Clock;
import dev.weft.time.FakeClock;
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
    Objects.requireNonNull(timeout, "timeout");
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    long before;
    long now = clock.nanoTime();
    Instant instant;
    do {
      before = now;
      instant = saturated(clock, timeout);
      now = clock.nanoTime();
    } while (hasMoved(clock, before, now));
    return new Deadline(clock, instant, nanosAfter(now, nanos));
  }

  static Deadline at(Clock clock, Instant instant) {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(instant, "deadline");
    long before;
    long now = clock.nanoTime();
    Duration left;
    do {
      before = now;
      left = Duration.between(clock.instant(), instant);
      now = clock.nanoTime(); // not before it: the deadline must not be early
    } while (hasMoved(clock, before, now));
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(left));
    return new Deadline(clock, instant, nanosAfter(now, nanos));
  }

  /// Whether somebody has advanced the clock meanwhile: then what was read in between may be of
  /// another moment. The system's clock always goes on, by next to nothing.
  private static boolean hasMoved(Clock clock, long before, long now) {
    return clock instanceof FakeClock && now != before;
  }

  private static long nanosAfter(long now, long nanos) {
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
