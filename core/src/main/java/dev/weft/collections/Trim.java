package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// Gives back the memory of a table that has become too large. The only operation that joins
/// buckets, and apart from clearing the only one whose time depends on the size.
final class Trim {

  private Trim() {}

  static void trim(Table<?, ?> table) {
    int seen = table.writing();
    if (table.size == 0) {
      table.begin(seen);
      table.dropStorage();
      table.end(seen);
    } else if (Growth.bucketsFor(table.size) < table.live) {
      rebuild(table, seen);
    } else {
      trimOverflow(table, seen);
    }
  }

  /// Everything goes into a new table, which takes the place of the old one if that succeeds.
  private static void rebuild(Table<?, ?> table, int seen) {
    Table<?, ?> smaller = new IncrementalHashMap<>();
    smaller.seedAs(table);
    Growth.allocate(smaller, Growth.bucketsFor(table.size));
    for (int bucket = 0; bucket < table.live; bucket++) {
      copyBucket(table, bucket, smaller);
    }
    table.begin(seen);
    table.adopt(smaller);
    table.shrinks++;
    table.end(seen);
    trimOverflow(table, table.writing());
  }

  private static void copyBucket(Table<?, ?> from, int bucket, Table<?, ?> to) {
    int chunk = bucket >>> Table.CHUNK_SHIFT;
    int inChunk = bucket & Table.IN_CHUNK;
    long word = from.tags[chunk][inChunk];
    int base = inChunk << Table.ENTRY_SHIFT;
    @Nullable Object[] entries = from.slots[chunk];
    int length = Tags.count(word) << 1;
    for (int at = base; at < base + length; at += 2) {
      copyEntry(from, entries[at], entries[at + 1], to);
    }
    Overflow overflow = from.overflow[chunk];
    if (overflow != null && overflow.hasChain(inChunk)) {
      @Nullable Object[] chain = new @Nullable Object[overflow.count(inChunk) << 1];
      overflow.copy(inChunk, chain, 0);
      for (int at = 0; at < chain.length; at += 2) {
        copyEntry(from, chain[at], chain[at + 1], to);
      }
    }
  }

  private static void copyEntry(
      Table<?, ?> from, @Nullable Object key, @Nullable Object value, Table<?, ?> to) {
    if (key == null) {
      throw from.writeBesideWrite();
    }
    int hash = to.hashAt(key);
    int bucket = to.bucketOf(hash);
    if (Tags.isFull(to.tags[bucket >>> Table.CHUNK_SHIFT][bucket & Table.IN_CHUNK])) {
      to.overflowFor(bucket >>> Table.CHUNK_SHIFT).reserve(1, null);
    }
    to.append(bucket, Tags.of(hash), key, value);
  }

  private static void trimOverflow(Table<?, ?> table, int seen) {
    table.begin(seen);
    try {
      for (int chunk = 0; chunk < table.overflow.length; chunk++) {
        Overflow overflow = table.overflow[chunk];
        if (overflow != null) {
          table.setOverflow(chunk, overflow.trimmed(null));
        }
      }
    } finally {
      table.end(seen);
    }
  }
}
