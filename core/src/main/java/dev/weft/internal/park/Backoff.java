package dev.weft.internal.park;

/// How to wait for a spin lock that is held for a few instructions.
///
/// Somebody who finds it taken stays away for about 350 ns before the first retry, and for twice as
/// long after each failure. Meanwhile the holder, and whoever is on the same core, does several
/// operations without losing the cache line. The time is measured, not counted in pauses: the
/// length of a pause differs between processors by a factor of ten. After some tries it is likely
/// that the holder has lost its processor; then the waiting thread gives up its own:
/// [Runtime#relax].
public final class Backoff {

  private static final long FIRST_PAUSE_NANOS = 350;
  private static final int PAUSES = 5;

  private Backoff() {}

  /// Waits a little.
  ///
  /// @param attempt 0 after the first failure, then one more each time
  public static void pause(int attempt) {
    if (attempt < PAUSES) {
      pauseFor(FIRST_PAUSE_NANOS << attempt);
    } else {
      Runtime.get().relax(attempt - PAUSES);
    }
  }

  /// A pause takes a nanosecond at least, so the count only matters to a clock that stands still.
  private static void pauseFor(long nanos) {
    long start = System.nanoTime();
    for (long pauses = 0; pauses < nanos && System.nanoTime() - start < nanos; pauses++) {
      Thread.onSpinWait();
    }
  }
}
