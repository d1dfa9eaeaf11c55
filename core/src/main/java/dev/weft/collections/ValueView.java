package dev.weft.collections;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The values of a map.
final class ValueView<K extends @Nullable Object, V extends @Nullable Object>
    extends AbstractCollection<V> {

  private final IncrementalHashMap<K, V> map;

  ValueView(IncrementalHashMap<K, V> map) {
    this.map = map;
  }

  @Override
  public Iterator<V> iterator() {
    return new WalkIterator<K, V, V>(map) {
      @Override
      V element(Object key, @Nullable Object value) {
        return map.value(value);
      }
    };
  }

  @Override
  public void forEach(Consumer<? super V> action) {
    Objects.requireNonNull(action, "action");
    Walk walk = new Walk(map);
    while (walk.advance()) {
      action.accept(map.value(walk.value()));
    }
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public boolean contains(@Nullable Object value) {
    return map.containsValue(value);
  }

  @Override
  public void clear() {
    map.clear();
  }
}
