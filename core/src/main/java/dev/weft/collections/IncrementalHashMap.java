package dev.weft.collections;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A hash map that never stops to rehash: Go's `map`, as a [Map].
///
/// `HashMap` doubles its table at once; a map of a hundred million entries stands still for a
/// second. This one splits one of its buckets at each insert of a new key, and allocates in small
/// pieces, so that every insert takes about as long as any other. It also keeps no object for an
/// entry, and needs less than half the memory of a `HashMap`.
///
/// The null key and null values are allowed. Keys are compared by `equals`; a key that is replaced
/// stays. Keys must go on having the same hash code, which is asked for again while the map grows.
/// Arrays, slices and maps of this kind are refused as keys, even if one only asks for them
/// (MAP-4): IllegalArgumentException.
///
/// *Changing it while going through it* is allowed, as in Go, to the thread that does so.
/// Iterators, streams of the views and [#forEach] produce every entry once that stays; none that is
/// removed before it is reached; maybe those that are added (MAP-6). They begin anywhere, each time
/// somewhere else (MAP-5), and never throw a `ConcurrentModificationException`. If the last entries
/// are removed between `hasNext` and `next`, `next` throws `NoSuchElementException`. The entries of
/// [#entrySet] are copies; `setValue` also sets the value in the map, if the key is there.
///
/// *Several threads* may read it at the same time, even while its growth is under way, but not
/// change it. If they do, that is found at the best effort and thrown as a
/// [dev.weft.base.FatalError] with Go's texts (MAP-8). Protect it by a [dev.weft.sync.RWMutex], or
/// take a [dev.weft.sync.SyncMap].
///
/// *Memory* that it has is kept when keys are removed, and by [#clear]; [#trim] gives it back.
///
/// *Equal hash codes*: a random number of each map decides which hash codes meet in a bucket. Keys
/// that have the same one are kept in a tree if they are [Comparable] to each other; if they are
/// not, the time to find one of them is linear in how many there are.
///
/// @param <K> the type of the keys; may be null
/// @param <V> the type of the values; may be null
public final class IncrementalHashMap<K extends @Nullable Object, V extends @Nullable Object>
    extends MutableTable<K, V> implements Unhashable {

  private static final IncrementalHashMap<?, ?> NIL = new IncrementalHashMap<>(true);

  /// Creates an empty map. It allocates at the first insert.
  public IncrementalHashMap() {
    this(false);
  }

  private IncrementalHashMap(boolean nil) {
    super(nil);
  }

  /// Creates an empty map with room for so many entries: `make(map[K]V, hint)`. It does not grow
  /// before there are more.
  ///
  /// @param hint how many entries are expected; a negative number, or one that no memory is large
  ///   enough for, counts as 0 (MAP-10)
  public IncrementalHashMap(int hint) {
    this(false);
    Growth.presize(this, hint);
  }

  /// Creates a map with the entries of another one.
  ///
  /// @param entries the other one
  public IncrementalHashMap(Map<? extends K, ? extends V> entries) {
    this(entries.size());
    putAll(entries);
  }

  /// {@return the nil map} It is always empty. Reading and removing find nothing; what would add an
  /// entry throws an UnsupportedOperationException (MAP-1).
  ///
  /// @param <K> the type of the keys
  /// @param <V> the type of the values
  @SuppressWarnings("unchecked") // it has no entries
  public static <K extends @Nullable Object, V extends @Nullable Object>
      IncrementalHashMap<K, V> nil() {
    return (IncrementalHashMap<K, V>) NIL;
  }

  /// {@return whether this is the nil map}
  public boolean isNil() {
    return nil;
  }

  // One key

  @Override
  public @Nullable V get(@Nullable Object key) {
    Object value = lookup(Keys.mask(key));
    return isFound(value) ? value(value) : null;
  }

  @Override
  @SuppressWarnings("NullAway") // null only if the default is
  public V getOrDefault(@Nullable Object key, V otherwise) {
    Object value = lookup(Keys.mask(key));
    return isFound(value) ? value(value) : otherwise;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return isFound(lookup(Keys.mask(key)));
  }

  @Override
  public @Nullable V put(K key, V value) {
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    if (code >= 0) {
      return value(replaceAt(masked, hash, code, value, seen));
    }
    insert(masked, hash, value, code, seen);
    return null;
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    V present = code < 0 ? null : value(valueAt(masked, hash, code));
    if (present == null) {
      set(masked, hash, code, value, seen);
    }
    return present;
  }

  @Override
  public @Nullable V remove(@Nullable Object key) {
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    if (code >= 0) {
      return value(removeAt(masked, hash, code, seen));
    }
    checkType(masked);
    return null;
  }

  @Override
  public boolean remove(@Nullable Object key, @Nullable Object value) {
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    if (code < 0) {
      checkType(masked);
      return false;
    }
    if (!Objects.equals(value, valueAt(masked, hash, code))) {
      return false;
    }
    removeAt(masked, hash, code, seen);
    return true;
  }

  @Override
  public @Nullable V replace(K key, V value) {
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    if (code >= 0) {
      return value(replaceAt(masked, hash, code, value, seen));
    }
    checkType(masked);
    return null;
  }

  @Override
  public boolean replace(K key, @Nullable V expected, V value) {
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    if (code < 0) {
      checkType(masked);
      return false;
    }
    if (!Objects.equals(expected, valueAt(masked, hash, code))) {
      return false;
    }
    replaceAt(masked, hash, code, value, seen);
    return true;
  }

  // Computing. The function may change this map; if it throws nothing has changed (MAP-13).

  @Override
  public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
    Objects.requireNonNull(function, "function");
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    V present = code < 0 ? null : value(valueAt(masked, hash, code));
    if (present != null) {
      return present;
    }
    V computed = function.apply(key);
    if (computed != null) {
      setAfterCode(masked, hash, code, computed, seen);
    }
    return computed;
  }

  @Override
  public @Nullable V computeIfPresent(
      K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
    Objects.requireNonNull(function, "function");
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    V present = code < 0 ? null : value(valueAt(masked, hash, code));
    if (present == null) {
      checkType(masked);
      return null;
    }
    V computed = function.apply(key, present);
    setAfterCode(masked, hash, code, computed, seen);
    return computed;
  }

  @Override
  public @Nullable V compute(
      K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
    Objects.requireNonNull(function, "function");
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    V present = code < 0 ? null : value(valueAt(masked, hash, code));
    V computed = function.apply(key, present);
    setAfterCode(masked, hash, code, computed, seen);
    return computed;
  }

  @Override
  public @Nullable V merge(
      K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(function, "function");
    Object masked = Keys.mask(key);
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    V present = code < 0 ? null : value(valueAt(masked, hash, code));
    V merged = present == null ? value : function.apply(present, value);
    setAfterCode(masked, hash, code, merged, seen);
    return merged;
  }

  private void set(Object key, int hash, int code, @Nullable Object value, int seen) {
    if (code >= 0) {
      replaceAt(key, hash, code, value, seen);
    } else {
      insert(key, hash, value, code, seen);
    }
  }

  /// Sets the value of a key, or removes it if the value is null, after code of the user has run
  /// that may have changed the map.
  private void setAfterCode(Object key, int hash, int code, @Nullable Object value, int seen) {
    if (isUnchanged(seen)) {
      setOrRemove(key, hash, code, value, seen);
    } else {
      int now = writing();
      int hashNow = hash(key); // another one if the map has been empty
      setOrRemove(key, hashNow, find(key, hashNow), value, now);
    }
  }

  private void setOrRemove(Object key, int hash, int code, @Nullable Object value, int seen) {
    if (value != null) {
      set(key, hash, code, value, seen);
    } else if (code >= 0) {
      removeAt(key, hash, code, seen);
    } else {
      checkType(key);
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // null only if it was put in
  final V value(@Nullable Object value) {
    return (V) value;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // null only if it was put in
  final K key(Object masked) {
    return (K) Keys.unmask(masked);
  }

  // All of them

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  /// Removes everything. What was allocated is kept (MAP-11); [#trim] gives it back.
  @Override
  public void clear() {
    clearAll();
  }

  @Override
  public boolean containsValue(@Nullable Object value) {
    Walk walk = new Walk(this);
    while (walk.advance()) {
      if (Objects.equals(value, walk.value())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> action) {
    Objects.requireNonNull(action, "action");
    Walk walk = new Walk(this);
    while (walk.advance()) {
      action.accept(key(walk.key()), value(walk.value()));
    }
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    Objects.requireNonNull(function, "function");
    Walk walk = new Walk(this);
    while (walk.advance()) {
      Object key = walk.key();
      V replaced = function.apply(key(key), value(walk.value()));
      walk.changing();
      setIfPresent(key, replaced);
      walk.changed();
    }
  }

  final void setIfPresent(Object masked, @Nullable Object value) {
    int hash = hash(masked);
    int seen = writing();
    int code = find(masked, hash);
    if (code >= 0) {
      replaceAt(masked, hash, code, value, seen);
    }
  }

  @Override
  public Set<K> keySet() {
    return new KeyView<>(this);
  }

  @Override
  public Collection<V> values() {
    return new ValueView<>(this);
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new EntryView<>(this);
  }

  // Memory

  /// Gives back the memory that is not needed for what is in the map. Takes a time that depends on
  /// how much there is.
  public void trim() {
    Trim.trim(this);
  }

  /// Looks through the map and counts. Takes a time that depends on how much there is.
  ///
  /// @return how the map is built at the moment
  public MapStats stats() {
    return MapStats.of(this);
  }

  /// Fails with an AssertionError if the map contradicts itself.
  final void checkInvariants() {
    MapInvariants.check(this);
  }
}
