package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// A copy of a chain, for what cannot be done in place: a bucket that is split together with its
/// overflow, or one that is searched for equal hashes.
final class Chain {

  private final @Nullable Object[] entries;
  private final byte[] tags;
  private final boolean[] chosen;
  private final int count;

  private Chain(int count) {
    this.count = count;
    entries = new @Nullable Object[count << 1];
    tags = new byte[count];
    chosen = new boolean[count];
  }

  /// Of a bucket that is full and has overflow.
  static Chain copyOf(Table<?, ?> table, int bucket, Overflow overflow) {
    int chunk = bucket >>> Table.CHUNK_SHIFT;
    int inChunk = bucket & Table.IN_CHUNK;
    Chain chain = new Chain(Tags.PLACES + overflow.count(inChunk));
    int length = Tags.PLACES << 1;
    int from = inChunk << Table.ENTRY_SHIFT;
    System.arraycopy(table.slots[chunk], from, chain.entries, 0, length);
    overflow.copy(inChunk, chain.entries, length);
    long word = table.tags[chunk][inChunk];
    for (int place = 0; place < Tags.PLACES; place++) {
      chain.tags[place] = (byte) Tags.at(word, place);
    }
    overflow.copyTags(inChunk, chain.tags, Tags.PLACES);
    return chain;
  }

  int count() {
    return count;
  }

  Object key(Table<?, ?> table, int index) {
    Object key = entries[index << 1];
    if (key == null) {
      throw table.writeBesideWrite();
    }
    return key;
  }

  @Nullable Object value(int index) {
    return entries[(index << 1) + 1];
  }

  long tag(int index) {
    return tags[index] & 0xFF;
  }

  /// Marks an entry, or not.
  void choose(int index, boolean chosen) {
    this.chosen[index] = chosen;
  }

  boolean isChosen(int index) {
    return chosen[index];
  }

  /// Writes the entry to the end of the chain of a bucket.
  void append(Table<?, ?> table, int index, int bucket) {
    table.append(bucket, tag(index), key(table, index), value(index));
  }
}
