package dev.weft.collections;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A copy of an entry that writes through: the map has no object for its entries.
final class MapEntry<K extends @Nullable Object, V extends @Nullable Object>
    implements Map.Entry<K, V> {

  private final IncrementalHashMap<K, V> map;
  private final Object masked;
  private V value;

  MapEntry(IncrementalHashMap<K, V> map, Object masked, V value) {
    this.map = map;
    this.masked = masked;
    this.value = value;
  }

  @Override
  public K getKey() {
    return map.key(masked);
  }

  @Override
  public V getValue() {
    return value;
  }

  /// Also in the map, if the key is there.
  @Override
  public V setValue(V now) {
    V before = value;
    map.setIfPresent(masked, now);
    value = now;
    return before;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Map.Entry<?, ?> entry
        && Objects.equals(getKey(), entry.getKey())
        && Objects.equals(value, entry.getValue());
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(getKey()) ^ Objects.hashCode(value);
  }

  @Override
  public String toString() {
    return getKey() + "=" + value;
  }
}
