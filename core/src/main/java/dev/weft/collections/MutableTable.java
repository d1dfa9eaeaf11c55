package dev.weft.collections;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How one entry of a table is added, replaced and removed, after `find` has said where it is.
///
/// Each change is between `begin` and `end` of the guard, and nothing that can fail is in there,
/// but for sets of equal hashes.
abstract sealed class MutableTable<K extends @Nullable Object, V extends @Nullable Object>
    extends Table<K, V> permits IncrementalHashMap {

  MutableTable(boolean nil) {
    super(nil);
  }

  /// Replaces the value of a key that was found.
  ///
  /// @return the value it had
  final @Nullable Object replaceAt(
      Object key, int hash, int code, @Nullable Object value, int seen) {
    try {
      return code >= OVERFLOW
          ? replaceFar(key, hash, code, value, seen)
          : replaceNear(hash, code, value, seen);
    } catch (IndexOutOfBoundsException
        | NullPointerException
        | NegativeArraySizeException
        | ClassCastException inside) {
      throw explained(inside, writeBesideWrite());
    }
  }

  private @Nullable Object replaceNear(int hash, int code, @Nullable Object value, int seen) {
    @Nullable Object[] entries = slots[bucketOf(hash) >>> CHUNK_SHIFT];
    begin(seen);
    Object before = entries[code + 1];
    entries[code + 1] = value;
    end(seen);
    return before;
  }

  private @Nullable Object replaceFar(
      Object key, int hash, int code, @Nullable Object value, int seen) {
    @Nullable Object[] entries = entriesOf(hash, code);
    int at = code & PLACE;
    Object before;
    if ((code & IN_SET) != 0) {
      EqualHashes.Entry entry = entryInSet(entries, at, key);
      begin(seen);
      before = entry.value;
      entry.value = value;
    } else {
      begin(seen);
      before = entries[at + 1];
      entries[at + 1] = value;
    }
    end(seen);
    return before;
  }

  /// Adds a key that was not found.
  ///
  /// @param code what [#find] has said
  final void insert(Object key, int hash, @Nullable Object value, int code, int seen) {
    checkType(key);
    try {
      if (size >= workAt) {
        int after = Growth.step(this, seen);
        // A set that it belongs into may have been moved.
        insertNow(key, hash, value, code == ABSENT ? ABSENT : find(key, hash), after);
      } else {
        insertNow(key, hash, value, code, seen);
      }
    } catch (IndexOutOfBoundsException
        | NullPointerException
        | NegativeArraySizeException
        | ClassCastException inside) {
      throw explained(inside, writeBesideWrite());
    }
  }

  private void insertNow(Object key, int hash, @Nullable Object value, int code, int seen) {
    int bucket = bucketOf(hash);
    long word = tags[bucket >>> CHUNK_SHIFT][bucket & IN_CHUNK];
    if (Tags.isFull(word) || code != ABSENT) {
      insertFar(key, hash, value, code, seen);
    } else {
      begin(seen);
      place(bucket, word, Tags.of(hash), key, value);
      size++;
      end(seen);
    }
  }

  /// Into a set, or into the overflow.
  private void insertFar(Object key, int hash, @Nullable Object value, int code, int seen) {
    if (code != ABSENT) {
      addToSet(key, hash, value, ~code, seen);
      return;
    }
    int bucket = bucketOf(hash);
    Overflow chains = overflowFor(bucket >>> CHUNK_SHIFT);
    if (chains.isFull(bucket & IN_CHUNK)) {
      int after = LongChain.gather(this, bucket, hash, seen);
      if (after != seen) {
        insertNow(key, hash, value, find(key, hash), after);
        return;
      }
      chains.reserve(1, work);
    }
    begin(seen);
    chains.append(bucket & IN_CHUNK, Tags.of(hash), key, value);
    size++;
    end(seen);
  }

  private void addToSet(Object key, int hash, @Nullable Object value, int code, int seen) {
    EqualHashes set = (EqualHashes) present(entriesOf(hash, code), code & PLACE);
    begin(seen);
    try {
      set.add(key, value);
      size++;
    } finally {
      end(seen);
    }
  }

  /// Removes a key that was found.
  ///
  /// @return its value
  final @Nullable Object removeAt(Object key, int hash, int code, int seen) {
    try {
      return removeNow(key, hash, code, seen);
    } catch (IndexOutOfBoundsException
        | NullPointerException
        | NegativeArraySizeException
        | ClassCastException inside) {
      throw explained(inside, writeBesideWrite());
    }
  }

  private @Nullable Object removeNow(Object key, int hash, int code, int seen) {
    @Nullable Object[] entries = entriesOf(hash, code);
    int at = code & PLACE;
    Object value;
    if ((code & IN_SET) != 0) {
      EqualHashes set = (EqualHashes) present(entries, at);
      begin(seen);
      try {
        value = set.remove(key);
        size--;
        if (set.size() == 0) {
          fillHole(bucketOf(hash), code & ~IN_SET);
        }
      } finally {
        end(seen);
      }
    } else {
      begin(seen);
      value = entries[at + 1];
      fillHole(bucketOf(hash), code);
      size--;
      end(seen);
    }
    if (size == 0) {
      seed();
    }
    return value;
  }

  /// Moves the last entry of a chain to the place of a removed one.
  private void fillHole(int bucket, int code) {
    int chunk = bucket >>> CHUNK_SHIFT;
    int inChunk = bucket & IN_CHUNK;
    long word = tags[chunk][inChunk];
    Overflow chains = Tags.isFull(word) ? overflow[chunk] : null;
    if (code >= OVERFLOW) {
      chains(chunk).remove(inChunk, code & PLACE);
      return;
    }
    @Nullable Object[] entries = slots[chunk];
    int base = inChunk << ENTRY_SHIFT;
    int hole = (code - base) >> 1;
    if (chains != null && chains.hasChain(inChunk)) {
      tags[chunk][inChunk] = Tags.set(word, hole, chains.moveLast(inChunk, entries, code));
      return;
    }
    int last = Tags.count(word) - 1;
    int from = base + (last << 1);
    entries[code] = entries[from];
    entries[code + 1] = entries[from + 1];
    entries[from] = null;
    entries[from + 1] = null;
    tags[chunk][inChunk] = Tags.set(Tags.set(word, hole, Tags.at(word, last)), last, 0);
  }

  /// Removes everything, and keeps the buckets.
  final void clearAll() {
    int seen = writing();
    if (size == 0) {
      return;
    }
    begin(seen);
    for (int chunk = 0; chunk < tags.length && chunk << CHUNK_SHIFT < live; chunk++) {
      Arrays.fill(tags[chunk], 0);
      Arrays.fill(slots[chunk], null);
      setOverflow(chunk, null);
    }
    size = 0;
    end(seen);
    seed();
  }
}
