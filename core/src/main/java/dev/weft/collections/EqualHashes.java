package dev.weft.collections;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys that have one hash, when they have become many.
///
/// No table can tell keys of the same hash apart, so they would all be in one chain, and reading,
/// writing and splitting that chain would take ever longer. As soon as a long chain has enough of
/// them they move into such a set, and the set takes the place of *one* entry of the bucket. All
/// keys of the hash are then in the set. Splitting moves it as a whole and asks no key for its
/// hash.
///
/// Keys that are [Comparable] and of the same class, that of the first such key, are in a tree:
/// logarithmic. Keys that compare as 0 there without being equal hang behind each other. All other
/// keys are in a list: linear, as everything is that can only be asked whether it is equal.
///
/// `equals` and `compareTo` of keys may throw from every method. Nothing has changed then.
@SuppressWarnings("ReferenceEquality") // of keys, before equals
final class EqualHashes {

  /// A key and its value.
  static final class Entry {
    final Object key;
    @Nullable Object value;

    /// The next one that compares as 0 with this one.
    private @Nullable Entry next;

    private Entry(Object key, @Nullable Object value) {
      this.key = key;
      this.value = value;
    }
  }

  private final int hash;

  /// By keys of the class; the first of those that compare as 0.
  private final TreeMap<Object, Entry> tree = new TreeMap<>();

  private @Nullable Class<?> treeClass;
  private final List<Entry> others = new ArrayList<>();
  private int size;

  EqualHashes(int hash) {
    this.hash = hash;
  }

  int hash() {
    return hash;
  }

  int size() {
    return size;
  }

  @Nullable Entry find(Object key) {
    if (key.getClass() == treeClass) {
      Entry entry = tree.get(key);
      while (entry != null && !same(key, entry)) {
        entry = entry.next;
      }
      return entry;
    }
    for (Entry other : others) {
      if (same(key, other)) {
        return other;
      }
    }
    return null;
  }

  private static boolean same(Object key, Entry entry) {
    return entry.key == key || key.equals(entry.key);
  }

  /// The code of [Table#find] for a key of this hash.
  ///
  /// @param at the code of this set
  int code(Object key, int at) {
    int inSet = at | Table.IN_SET;
    return find(key) == null ? ~inSet : inSet;
  }

  /// Adds a key that is not there.
  void add(Object key, @Nullable Object value) {
    Entry entry = new Entry(key, value);
    if (key instanceof Comparable && (treeClass == null || treeClass == key.getClass())) {
      Entry first = tree.putIfAbsent(key, entry);
      treeClass = key.getClass();
      if (first != null) {
        entry.next = first.next;
        first.next = entry;
      }
    } else {
      others.add(entry);
    }
    size++;
  }

  /// Removes the entry of a key that is there.
  ///
  /// @return its value
  @Nullable Object remove(Object key) {
    Entry entry = find(key);
    if (entry == null) {
      throw new AssertionError("a key has gone from its set of equal hashes");
    }
    if (key.getClass() != treeClass) {
      others.remove(entry);
    } else {
      removeFromTree(key, entry);
    }
    size--;
    return entry.value;
  }

  private void removeFromTree(Object key, Entry entry) {
    Entry first = tree.get(key);
    if (first == null) {
      throw new AssertionError("a key has gone from its tree of equal hashes");
    }
    if (first != entry) {
      Entry before = first;
      while (before.next != null && before.next != entry) {
        before = before.next;
      }
      before.next = entry.next;
    } else if (entry.next != null) {
      // The tree goes on to compare with the removed key, until the last one of them goes.
      tree.replace(key, entry.next);
    } else {
      tree.remove(key);
    }
  }

  /// Appends all entries to a buffer that is long enough; says where they end.
  int copy(@Nullable Object[] buffer, int from) {
    int end = from;
    for (Entry first : tree.values()) {
      for (Entry entry = first; entry != null; entry = entry.next) {
        buffer[end++] = entry.key;
        buffer[end++] = entry.value;
      }
    }
    for (Entry entry : others) {
      buffer[end++] = entry.key;
      buffer[end++] = entry.value;
    }
    return end;
  }
}
