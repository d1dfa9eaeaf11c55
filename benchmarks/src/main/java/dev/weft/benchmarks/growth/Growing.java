package dev.weft.benchmarks.growth;

import dev.weft.benchmarks.map.Maps;
import java.awt.Color;
import java.util.Optional;

/// What is compared.
enum Growing {
  WEFT("IncrementalHashMap", new Color(0x00, 0x5a, 0xb5)),
  HASHMAP("HashMap", new Color(0xc2, 0x1e, 0x1e)),
  AGRONA("Agrona", new Color(0xe8, 0xa0, 0x30)),

  /// Go's map, in a process of Go's.
  GO("Go", new Color(0x30, 0x30, 0x30));

  private final String title;
  private final Color color;

  Growing(String title, Color color) {
    this.title = title;
    this.color = color;
  }

  String title() {
    return title;
  }

  Color color() {
    return color;
  }

  /// The map, if it is one of Java.
  Optional<Maps> maps() {
    return this == GO ? Optional.empty() : Optional.of(Maps.valueOf(name()));
  }
}
