package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// How an [IncrementalHashMap] was built when [IncrementalHashMap#stats] looked at it.
///
/// @param size the entries
/// @param buckets the buckets for eight entries each
/// @param bucketsAfterGrowth the buckets that there will be when the growth that is going on has
///   ended; the same as `buckets` if none is
/// @param overflowBuckets the further buckets for eight entries that are in use
/// @param overflowCapacity those that are allocated
/// @param longestChain the entries of the fullest bucket with its overflow; a set of equal hashes
///   counts as one
/// @param equalHashSets how many hashes have so many keys that they are kept in sets
/// @param equalHashKeys the keys in those sets
public record MapStats(
    int size,
    int buckets,
    int bucketsAfterGrowth,
    int overflowBuckets,
    int overflowCapacity,
    int longestChain,
    int equalHashSets,
    int equalHashKeys) {

  /// {@return the entries for each bucket} Growth begins above 6.5 and ends below 4.
  public double load() {
    return (double) size / buckets;
  }

  /// {@return whether growth is going on} It goes on at inserts of new keys only.
  public boolean isGrowing() {
    return buckets != bucketsAfterGrowth;
  }

  static MapStats of(Table<?, ?> table) {
    table.reading();
    int used = 0;
    int allocated = 0;
    for (Overflow overflow : table.overflow) {
      if (overflow != null) {
        used += overflow.usedBuckets();
        allocated += overflow.buckets();
      }
    }
    int longest = 0;
    Sets sets = new Sets();
    for (int bucket = 0; bucket < table.live; bucket++) {
      int chunk = bucket >>> Table.CHUNK_SHIFT;
      int inChunk = bucket & Table.IN_CHUNK;
      int count = Tags.count(table.tags[chunk][inChunk]);
      int from = inChunk << Table.ENTRY_SHIFT;
      Overflow overflow = table.overflow[chunk];
      int more = overflow == null ? 0 : overflow.count(inChunk);
      longest = Math.max(longest, count + more);
      if (table.hasSets) {
        sets.countIn(table.slots[chunk], from, from + (count << 1));
        if (overflow != null) {
          @Nullable Object[] chain = new @Nullable Object[more << 1];
          sets.countIn(chain, 0, overflow.copy(inChunk, chain, 0));
        }
      }
    }
    return new MapStats(
        table.size, table.live, table.mask + 1, used, allocated, longest, sets.count, sets.keys);
  }

  private static final class Sets {
    private int count;
    private int keys;

    void countIn(@Nullable Object[] entries, int from, int to) {
      for (int at = from; at < to; at += 2) {
        if (entries[at] instanceof EqualHashes set) {
          count++;
          keys += set.size();
        }
      }
    }
  }
}
