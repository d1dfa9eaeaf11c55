package dev.weft.internal.timer;

/// How often the concurrent tests of this package repeat themselves.
final class Repeat {
  private static final int FACTOR = Math.max(1, Integer.getInteger("weft.test.repeat", 1));

  private Repeat() {}

  /// `base` times the system property `weft.test.repeat`, which is 1 unless set.
  static int times(int base) {
    return Math.multiplyExact(base, FACTOR);
  }
}
