package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// Checks that a table is as `Table` says, for tests.
@SuppressWarnings("ReferenceEquality") // of keys
final class MapInvariants {

  private final Table<?, ?> table;
  private int found;

  private MapInvariants(Table<?, ?> table) {
    this.table = table;
  }

  /// Fails with an AssertionError if a table contradicts itself.
  static void check(Table<?, ?> table) {
    new MapInvariants(table).check();
  }

  private void check() {
    checkSizes();
    for (int bucket = 0; bucket < table.live; bucket++) {
      checkBucket(bucket);
    }
    for (Overflow overflow : table.overflow) {
      if (overflow != null) {
        overflow.checkInvariants();
      }
    }
    require(found == table.size, found + " entries, but the size is " + table.size);
  }

  private void checkSizes() {
    int mask = table.mask;
    require((mask & (mask + 1)) == 0, "mask " + Integer.toHexString(mask));
    require(
        table.live > mask >>> 1 && table.live <= mask + 1,
        table.live + " buckets with the mask " + Integer.toHexString(mask));
    if (table.hasNoStorage()) {
      require(table.size == 0 && mask == 0, "no storage, but " + table.size + " entries");
      return;
    }
    int chunks = Math.max(1, (mask + 1) >>> Table.CHUNK_SHIFT);
    require(table.tags.length == chunks, table.tags.length + " chunks instead of " + chunks);
    require(table.slots.length == chunks && table.overflow.length == chunks, "directories differ");
    require(!table.isGrowing() || table.workAt == 0, "growing, but inserts up to " + table.workAt);
    require(
        table.workAt <= Growth.threshold(mask + 1),
        "inserts up to " + table.workAt + " do not grow the table");
  }

  private void checkBucket(int bucket) {
    int chunk = bucket >>> Table.CHUNK_SHIFT;
    int inChunk = bucket & Table.IN_CHUNK;
    long word = table.tags[chunk][inChunk];
    if (table.hasNoStorage()) {
      require(word == 0, "tags without storage");
      return;
    }
    @Nullable Object[] entries = table.slots[chunk];
    int base = inChunk << Table.ENTRY_SHIFT;
    require(Tags.isDense(word), "tags with a hole: " + Long.toHexString(word));
    for (int place = 0; place < Tags.PLACES; place++) {
      Object key = entries[base + (place << 1)];
      boolean used = place < Tags.count(word);
      require((key != null) == used, "tags and entries contradict each other in " + bucket);
      require(used || entries[base + (place << 1) + 1] == null, "a value without a key");
      if (key != null) {
        checkEntry(bucket, key, Tags.at(word, place), base + (place << 1));
      }
    }
    Overflow overflow = table.overflow[chunk];
    if (overflow != null && overflow.hasChain(inChunk)) {
      require(Tags.isFull(word), "overflow of a bucket that is not full: " + bucket);
      checkChain(bucket, overflow);
    }
  }

  private void checkChain(int bucket, Overflow overflow) {
    Chain chain = Chain.copyOf(table, bucket, overflow);
    for (int i = Tags.PLACES; i < chain.count(); i++) {
      checkEntry(bucket, chain.key(table, i), chain.tag(i), Table.OVERFLOW);
    }
  }

  private void checkEntry(int bucket, Object key, long tag, int code) {
    int hash = table.hashAt(key);
    require(table.bucketOf(hash) == bucket, key + " is in the wrong bucket, " + bucket);
    require(Tags.of(hash) == tag, key + " has the wrong tag");
    if (key instanceof EqualHashes set) {
      checkSet(set);
      return;
    }
    found++;
    int there = table.find(key, hash);
    require(
        code < Table.OVERFLOW ? there == code : there >= Table.OVERFLOW && there < Table.IN_SET,
        key + " is found elsewhere, or a set has its hash: " + there);
    require(table.keyAt(key, hash, there) == key, key + " is there twice");
  }

  private void checkSet(EqualHashes set) {
    require(table.hasSets, "a set that nobody looks for");
    require(set.size() > 0, "an empty set of equal hashes");
    @Nullable Object[] entries = new @Nullable Object[set.size() << 1];
    require(set.copy(entries, 0) == entries.length, "the size of a set is wrong");
    for (int i = 0; i < entries.length; i += 2) {
      Object key = entries[i];
      require(key != null && table.hash(key) == set.hash(), key + " is in the wrong set");
      found++;
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
