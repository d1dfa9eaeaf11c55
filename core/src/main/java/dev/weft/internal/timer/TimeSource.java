package dev.weft.internal.timer;

/// The monotonic clock of the runtime: nanoseconds since this class was initialised.
///
/// Unlike `System.nanoTime()`, whose origin is arbitrary and whose values may be negative, values
/// of this clock are at least 1 and stay far below [#NEVER] for 292 years. So two instants compare
/// with a plain `<`, a deadline never wraps around, and zero can stand for "long past".
public final class TimeSource {
  /// The deadline that does not come. Greater than every instant.
  public static final long NEVER = Long.MAX_VALUE;

  private static final long ORIGIN = System.nanoTime() - 1;

  private TimeSource() {}

  /// The present instant; never decreases within a thread.
  public static long now() {
    return System.nanoTime() - ORIGIN;
  }

  /// The instant `nanos` from now: now itself if `nanos` is zero or negative, [#NEVER] if the sum
  /// does not fit (TMR-1).
  public static long deadlineAfter(long nanos) {
    return deadlineAfter(now(), nanos);
  }

  /// As [#deadlineAfter(long)], counted from the instant `now` (zero or greater), for callers that
  /// have read the clock already or that keep a clock of their own.
  public static long deadlineAfter(long now, long nanos) {
    if (nanos <= 0) {
      return now;
    }
    long deadline = now + nanos;
    return deadline < 0 ? NEVER : deadline;
  }
}
