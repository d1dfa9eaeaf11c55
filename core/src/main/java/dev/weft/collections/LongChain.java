package dev.weft.collections;

/// Makes a set of the keys of one hash, when a chain has become long because of them.
///
/// Chance alone makes no chain of this length in a table of a hundred million entries; hash codes
/// that are equal do. Hash codes that differ may still meet in one bucket, but which ones do is
/// decided by random numbers.
final class LongChain {

  /// Entries of a chain from which on it is looked at, whenever another overflow bucket is needed.
  static final int LONG = 3 * Tags.PLACES;

  /// Entries of the same hash that are worth a set.
  static final int MANY = Tags.PLACES;

  private LongChain() {}

  /// @param hash that of the key which is to be added
  /// @return the word for the next change; the same if nothing has been changed
  static int gather(Table<?, ?> table, int bucket, int hash, int seen) {
    Overflow overflow = table.overflowFor(bucket >>> Table.CHUNK_SHIFT);
    int inChunk = bucket & Table.IN_CHUNK;
    if (Tags.PLACES + overflow.count(inChunk) < LONG) {
      return seen;
    }
    Chain chain = Chain.copyOf(table, bucket, overflow);
    if (choose(table, chain, hash) < MANY) {
      return seen;
    }
    EqualHashes set = new EqualHashes(hash);
    for (int i = 0; i < chain.count(); i++) {
      if (chain.isChosen(i)) {
        set.add(chain.key(table, i), chain.value(i));
      }
    }
    table.begin(seen);
    table.clearChain(bucket);
    for (int i = 0; i < chain.count(); i++) {
      if (!chain.isChosen(i)) {
        chain.append(table, i, bucket);
      }
    }
    table.append(bucket, Tags.of(hash), set, null);
    table.hasSets = true;
    return table.end(seen);
  }

  /// Marks the entries of a hash, and counts them.
  private static int choose(Table<?, ?> table, Chain chain, int hash) {
    int members = 0;
    for (int i = 0; i < chain.count(); i++) {
      if (chain.tag(i) == Tags.of(hash) && table.hashAt(chain.key(table, i)) == hash) {
        chain.choose(i, true);
        members++;
      }
    }
    return members;
  }
}
