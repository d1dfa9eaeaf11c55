package dev.weft.collections;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The keys of a map.
final class KeyView<K extends @Nullable Object, V extends @Nullable Object> extends AbstractSet<K> {

  private final IncrementalHashMap<K, V> map;

  KeyView(IncrementalHashMap<K, V> map) {
    this.map = map;
  }

  @Override
  public Iterator<K> iterator() {
    return new WalkIterator<K, V, K>(map) {
      @Override
      K element(Object key, @Nullable Object value) {
        return map.key(key);
      }
    };
  }

  @Override
  public void forEach(Consumer<? super K> action) {
    Objects.requireNonNull(action, "action");
    Walk walk = new Walk(map);
    while (walk.advance()) {
      action.accept(map.key(walk.key()));
    }
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean contains(@Nullable Object key) {
    return map.containsKey(key);
  }

  @Override
  public boolean remove(@Nullable Object key) {
    int before = map.size();
    map.remove(key);
    return map.size() != before;
  }

  @Override
  public void clear() {
    map.clear();
  }
}
