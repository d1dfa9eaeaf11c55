package dev.weft.sync;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// A map that any number of threads may use at the same time: `sync.Map`.
///
/// It has Go's methods over a [ConcurrentHashMap], which does what Go's trie is for: reads take no
/// lock, and writers of different keys seldom meet. Take it to carry over a Go program. Java
/// programs lose nothing with `ConcurrentHashMap` itself; what this adds is null values and
/// `range`, and what it leaves out is a size (SMAP-13).
///
/// Keys are compared by `equals`. Arrays are refused as keys, since theirs is identity: Go compares
/// arrays by their elements, and refuses slices. Values are compared by `equals`, too.
///
/// Every method may be called by any kind of thread, waits for nothing but the methods of keys and
/// values of others that fall on the same bin (`ConcurrentHashMap` calls `equals` of keys, and this
/// map `equals` of values, while it holds the monitor of a bin), and does not look at the interrupt
/// flag. Memory: what a thread did before it stored a value is visible to whoever loads it
/// (SMAP-12). Equality is identity.
///
/// @param <K> the type of the keys; not null
/// @param <V> the type of the values; may be null
public final class SyncMap<K, V extends @Nullable Object> {

  /// Stands for a null value, which ConcurrentHashMap does not take.
  private static final Object NULL = new Object();

  private final ConcurrentHashMap<K, Object> entries = new ConcurrentHashMap<>();

  /// Creates an empty map.
  public SyncMap() {}

  /// {@return the value of the key, and whether it is there: `Load`}
  ///
  /// @param key the key
  public Loaded<V> load(K key) {
    return loaded(entries.get(checked(key)));
  }

  /// Sets the value of a key: `Store`.
  ///
  /// @param key the key
  /// @param value its value from now on
  public void store(K key, V value) {
    entries.put(checked(key), wrap(value));
  }

  /// Sets the value of a key that is not there: `LoadOrStore`. Of several at the same time exactly
  /// one stores (SMAP-3).
  ///
  /// @param key the key
  /// @param value its value, if it has none
  /// @return the value that the key has now; ok is whether it was there before
  public Loaded<V> loadOrStore(K key, V value) {
    Object before = entries.putIfAbsent(checked(key), wrap(value));
    return before == null ? new Loaded<>(value, false) : loaded(before);
  }

  /// Removes a key: `LoadAndDelete`.
  ///
  /// @param key the key
  /// @return the value it had, and whether it was there
  public Loaded<V> loadAndDelete(K key) {
    return loaded(entries.remove(checked(key)));
  }

  /// Removes a key, if it is there: `Delete`.
  ///
  /// @param key the key
  public void delete(K key) {
    entries.remove(checked(key));
  }

  /// Sets the value of a key: `Swap`.
  ///
  /// @param key the key
  /// @param value its value from now on
  /// @return the value it had, and whether it was there
  public Loaded<V> swap(K key, V value) {
    return loaded(entries.put(checked(key), wrap(value)));
  }

  /// Changes the value of a key that has a certain value: `CompareAndSwap`. Never adds a key.
  ///
  /// @param key the key
  /// @param expected the value it must have, by `equals`
  /// @param value its value from then on
  /// @return whether it was changed
  /// @throws IllegalArgumentException if `expected` is an array: those are compared by identity,
  ///   which is not what Go's equality means (SMAP-6)
  public boolean compareAndSwap(K key, V expected, V value) {
    return entries.replace(checked(key), comparable(expected), wrap(value));
  }

  /// Removes a key that has a certain value: `CompareAndDelete`.
  ///
  /// @param key the key
  /// @param expected the value it must have, by `equals`; null is not the same as not being there
  /// @return whether it was removed
  /// @throws IllegalArgumentException if `expected` is an array, as [#compareAndSwap]
  public boolean compareAndDelete(K key, V expected) {
    return entries.remove(checked(key), comparable(expected));
  }

  /// Removes all keys: `Clear`.
  public void clear() {
    entries.clear();
  }

  /// Calls the code for each key and value, until it returns false: `Range`.
  ///
  /// Each key comes once at most. Changes that others make meanwhile may be seen or not. No lock is
  /// held, so the code may call every method of this map (SMAP-8).
  ///
  /// @param code takes a key and its value, and says whether to go on
  public void range(BiPredicate<? super K, ? super V> code) {
    Objects.requireNonNull(code, "code");
    for (Map.Entry<K, Object> entry : entries.entrySet()) {
      if (!code.test(entry.getKey(), unwrap(entry.getValue()))) {
        return;
      }
    }
  }

  private static <K> K checked(K key) {
    Objects.requireNonNull(key, "key");
    if (key.getClass().isArray()) {
      throw new IllegalArgumentException(
          "an array ("
              + key.getClass().getSimpleName()
              + ") cannot be a key: it is equal to itself only; use a list, a record or a string");
    }
    return key;
  }

  private static Object comparable(@Nullable Object value) {
    if (value != null && value.getClass().isArray()) {
      throw new IllegalArgumentException(
          "an array ("
              + value.getClass().getSimpleName()
              + ") cannot be compared with: it is equal to itself only; store a list or a record");
    }
    return wrap(value);
  }

  private static Object wrap(@Nullable Object value) {
    return value == null ? NULL : value;
  }

  @SuppressWarnings({"unchecked", "NullAway", "ReferenceEquality"}) // null only if it was stored
  private V unwrap(Object value) {
    return value == NULL ? null : (V) value;
  }

  private Loaded<V> loaded(@Nullable Object value) {
    return value == null ? new Loaded<>(null, false) : new Loaded<>(unwrap(value), true);
  }

  /// `SyncMap@1a2b{a=1, b=2}`: as [#range] finds it.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("SyncMap@").append(Integer.toHexString(hashCode()));
    StringBuilder pairs = new StringBuilder();
    range(
        (key, value) -> {
          pairs.append(pairs.isEmpty() ? "" : ", ").append(key).append('=').append(value);
          return true;
        });
    return text.append('{').append(pairs).append('}').toString();
  }
}
