package dev.weft.benchmarks.map;

import dev.weft.collections.IncrementalHashMap;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Object2ObjectHashMap;
import org.eclipse.collections.impl.map.mutable.UnifiedMap;

/// The maps that are compared. A process makes one of them only, so that the JVM knows which one is
/// called.
public enum Maps {
  /// Weft's.
  WEFT,
  /// The JDK's.
  HASHMAP,
  /// Agrona's `Object2ObjectHashMap`: open addressing, linear probing.
  AGRONA,
  /// fastutil's `Object2ObjectOpenHashMap`: open addressing, linear probing.
  FASTUTIL,
  /// Eclipse Collections' `UnifiedMap`: chains in arrays.
  ECLIPSE;

  /// A new one.
  public Map<Object, Object> make() {
    return switch (this) {
      case WEFT -> new IncrementalHashMap<>();
      case HASHMAP -> new HashMap<>();
      case AGRONA -> new Object2ObjectHashMap<>();
      case FASTUTIL -> new Object2ObjectOpenHashMap<>();
      case ECLIPSE -> new UnifiedMap<>();
    };
  }
}
