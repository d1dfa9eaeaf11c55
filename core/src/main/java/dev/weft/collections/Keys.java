package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// What may be a key, and how the null key is kept.
final class Keys {

  /// The null key inside of a table, where null means that there is none.
  private static final class NullKey {
    @Override
    public String toString() {
      return "null";
    }

    @Override
    public int hashCode() {
      return 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }

  static final Object NULL = new NullKey();

  private Keys() {}

  static Object mask(@Nullable Object key) {
    return key == null ? NULL : key;
  }

  @SuppressWarnings("ReferenceEquality")
  static @Nullable Object unmask(@Nullable Object key) {
    return key == NULL ? null : key;
  }

  /// For what Go cannot hash (MAP-4). In Java such an object has a hash code, but not one that
  /// belongs to its contents, or it changes with them: it would be lost in the map.
  static IllegalArgumentException unhashable(Object key) {
    return new IllegalArgumentException(
        "hash of unhashable type "
            + key.getClass().getTypeName()
            + ": it cannot be the key of a map, since it can change or is equal to itself only; take"
            + " a list, a record or a string");
  }
}
