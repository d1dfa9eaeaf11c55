package dev.weft.channel;

import dev.weft.testkit.Kind;
import java.util.List;
import java.util.stream.IntStream;

/// On what a contract runs: threads of one kind, and channels of one capacity.
record Setting(Kind kind, int capacity) {
  static List<Setting> all() {
    return of(0, 1, 2, 7, 128);
  }

  static List<Setting> unbuffered() {
    return of(0);
  }

  static List<Setting> buffered() {
    return of(1, 2, 7, 128);
  }

  /// For tests that take long.
  static List<Setting> few() {
    return of(0, 2);
  }

  private static List<Setting> of(int... capacities) {
    return Kind.ofThisRun().stream()
        .flatMap(kind -> IntStream.of(capacities).mapToObj(c -> new Setting(kind, c)))
        .toList();
  }
}
