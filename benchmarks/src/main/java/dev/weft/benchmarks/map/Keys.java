package dev.weft.benchmarks.map;

import java.util.SplittableRandom;

/// Kinds of keys. A key is made of a number by a bijection, so different numbers give different
/// keys.
public enum Keys {
  /// Boxed ints.
  INTEGER,
  /// Boxed longs.
  LONG,
  /// Strings of about a dozen characters, whose hash codes are cached.
  STRING,
  /// A third of each, so that `hashCode` and `equals` have more than one target.
  MIXED;

  private static final int ODD = 0x9E37_79B1;

  private Object key(int number) {
    int scattered = number * ODD;
    return switch (this) {
      case INTEGER -> scattered;
      case LONG -> ((long) scattered << 20) + number;
      case STRING -> "key-" + scattered;
      case MIXED -> {
        Keys kind = values()[number % MIXED.ordinal()];
        yield kind.key(number);
      }
    };
  }

  /// Keys of the numbers from one on.
  ///
  /// @return new objects each time
  public Object[] make(int first, int count) {
    Object[] keys = new Object[count];
    for (int i = 0; i < count; i++) {
      keys[i] = key(first + i);
    }
    return keys;
  }

  /// Another order of the same keys.
  static Object[] shuffled(Object[] keys) {
    Object[] shuffled = keys.clone();
    SplittableRandom random = new SplittableRandom(42);
    for (int i = shuffled.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Object key = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = key;
    }
    return shuffled;
  }
}
