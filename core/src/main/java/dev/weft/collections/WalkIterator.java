package dev.weft.collections;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A walk as an iterator; the views differ in what they make of an entry.
abstract class WalkIterator<
        K extends @Nullable Object, V extends @Nullable Object, T extends @Nullable Object>
    implements Iterator<T> {

  final IncrementalHashMap<K, V> map;
  private final Walk walk;

  /// Whether the walk is at the entry that comes next.
  private boolean reached;

  /// The key that [#remove] removes.
  private @Nullable Object removable;

  WalkIterator(IncrementalHashMap<K, V> map) {
    this.map = map;
    walk = new Walk(map);
  }

  /// What the iterator produces for an entry.
  abstract T element(Object key, @Nullable Object value);

  @Override
  public final boolean hasNext() {
    if (!reached) {
      reached = walk.advance();
    }
    return reached;
  }

  @Override
  public final T next() {
    // What hasNext has found may have been removed since, or have another value.
    boolean there = reached && (walk.isCurrent() || walk.lookUp());
    if (!there && !walk.advance()) {
      reached = false;
      throw new NoSuchElementException("the iterator of the map is at its end");
    }
    reached = false;
    Object key = walk.key();
    removable = key;
    return element(key, walk.value());
  }

  @Override
  public final void remove() {
    if (removable == null) {
      throw new IllegalStateException("nothing to remove: next() comes first, and once for each");
    }
    walk.changing();
    map.remove(Keys.unmask(removable));
    walk.changed();
    removable = null;
  }
}
