package dev.weft.collections;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entries of a map. Each entry that is produced is a copy.
final class EntryView<K extends @Nullable Object, V extends @Nullable Object>
    extends AbstractSet<Map.Entry<K, V>> {

  private final IncrementalHashMap<K, V> map;

  EntryView(IncrementalHashMap<K, V> map) {
    this.map = map;
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return new WalkIterator<K, V, Map.Entry<K, V>>(map) {
      @Override
      Map.Entry<K, V> element(Object key, @Nullable Object value) {
        return new MapEntry<>(map, key, map.value(value));
      }
    };
  }

  @Override
  public void forEach(Consumer<? super Map.Entry<K, V>> action) {
    Objects.requireNonNull(action, "action");
    Walk walk = new Walk(map);
    while (walk.advance()) {
      action.accept(new MapEntry<>(map, walk.key(), map.value(walk.value())));
    }
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean contains(@Nullable Object object) {
    if (!(object instanceof Map.Entry<?, ?> entry)) {
      return false;
    }
    Object value = map.lookup(Keys.mask(entry.getKey()));
    return Table.isFound(value) && Objects.equals(value, entry.getValue());
  }

  @Override
  public boolean remove(@Nullable Object object) {
    return object instanceof Map.Entry<?, ?> entry && map.remove(entry.getKey(), entry.getValue());
  }

  @Override
  public void clear() {
    map.clear();
  }
}
