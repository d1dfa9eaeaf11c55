package dev.weft.benchmarks.map;

import dev.weft.benchmarks.Sequential;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// What an operation of a map costs, by the kind of the keys and the number of the entries.
///
/// One invocation is 100,000 operations or more, on keys in a random order that go round in a large
/// array, so that the caches hold what they would hold in a program.
public abstract class MapRow extends Sequential {
  static final int OPERATIONS = 100_000;

  /// What [MapFill] and [MapIterate] go through in one invocation, in one map or several.
  static final int ENTRIES = 1_000_000;

  @Param("weft")
  String backend;

  @Param({"INTEGER", "LONG", "STRING", "MIXED"})
  Keys keys;

  @Param({"1000", "100000", "1000000"})
  int size;

  private Maps maps;
  private Object[] inserted;
  private int next;

  /// Keys that are equal to those in the map, but other objects, in another order.
  Object[] equal;

  /// Keys that are not in the map.
  Object[] others;

  /// The map with all the keys.
  Map<Object, Object> full;

  @Setup
  public void setUp() {
    maps = Maps.valueOf(backend.toUpperCase(Locale.ROOT));
    inserted = keys.make(1, size);
    equal = Keys.shuffled(keys.make(1, size));
    others = Keys.shuffled(keys.make(1 + size, size));
    full = filled();
  }

  /// A new map with all the keys.
  final Map<Object, Object> filled() {
    Map<Object, Object> filled = maps.make();
    for (Object key : inserted) {
      filled.put(key, key);
    }
    return filled;
  }

  /// The next of an array of keys.
  final Object next(Object[] asked) {
    int index = next;
    next = index + 1 == size ? 0 : index + 1;
    return asked[index];
  }

  final int countFound(Object[] asked) {
    int found = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      if (full.get(next(asked)) != null) {
        found++;
      }
    }
    return found;
  }
}
