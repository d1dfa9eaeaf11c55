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
    Objects.requireNonNull(timeout, "timeout");
    Moment now = Moment.of(clock);
    return new Deadline(clock, saturated(now.instant, timeout), nanosAfter(now.nanos, timeout));
  }

  static Deadline at(Clock clock, Instant instant) {
    Objects.requireNonNull(instant, "deadline");
    Moment now = Moment.of(clock);
    return new Deadline(
        clock, instant, nanosAfter(now.nanos, Duration.between(now.instant, instant)));
  }

  /// What a clock says of one moment, in both its ways.
  private record Moment(Instant instant, long nanos) {

    /// Reads the one between two readings of the other. If somebody has advanced a [FakeClock]
    /// meanwhile they may be of two moments. The system's clock always goes on, by next to nothing;
    /// there the later reading counts, so that no deadline is early.
    static Moment of(Clock clock) {
      Objects.requireNonNull(clock, "clock");
      long before;
      long after = clock.nanoTime();
      Instant instant;
      do {
        before = after;
        instant = clock.instant();
        after = clock.nanoTime();
      } while (after != before && clock instanceof FakeClock);
      return new Moment(instant, after);
    }
  }

  private static long nanosAfter(long now, Duration timeout) {
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    return now + Math.min(nanos, Long.MAX_VALUE - now);
  }

  private static Instant saturated(Instant now, Duration timeout) {
    try {
      return now.plus(timeout);
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
