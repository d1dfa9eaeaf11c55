package dev.weft.testkit;

/// How much the tests that look for rare schedules do: little in a build, much when asked to.
public final class Scale {
  private static final int FACTOR = Math.max(1, Integer.getInteger("weft.test.repeat", 1));

  private Scale() {}

  /// `base` times the system property `weft.test.repeat`, which is 1 unless set.
  public static int times(int base) {
    return Math.multiplyExact(base, FACTOR);
  }
}
