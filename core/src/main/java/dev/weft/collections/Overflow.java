package dev.weft.collections;

import dev.weft.base.FatalError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the entries of a chunk go that find their bucket full: more buckets of eight, in chains.
///
/// A chain belongs to one bucket of the chunk. Every bucket of a chain but the last is full, and no
/// bucket in a chain is empty; those that become free are used again. Links are one more than an
/// index, 0 is none. There are few of them, and they come and go: so they are not made before the
/// first one is needed, grow by halves, and are cut to size when their chunk has been split.
@SuppressWarnings("ReferenceEquality") // of keys, before equals
final class Overflow {

  private static final int FIRST_BUCKETS = 4;
  private static final int MOST_BUCKETS = Character.MAX_VALUE;

  private char[] heads;
  private char[] next;
  private long[] tags;
  private @Nullable Object[] entries;

  /// Buckets that were in use once; those behind are untouched.
  private int touched;

  private int firstFree;
  private int free;

  Overflow(int bucketsOfChunk) {
    this(new char[bucketsOfChunk], FIRST_BUCKETS);
  }

  private Overflow(char[] heads, int buckets) {
    this.heads = heads;
    next = new char[buckets];
    tags = new long[buckets];
    entries = new @Nullable Object[buckets << Table.ENTRY_SHIFT];
  }

  /// The chunk has become larger; the smallest tables are one chunk that grows.
  void setBuckets(int bucketsOfChunk) {
    heads = Arrays.copyOf(heads, bucketsOfChunk);
  }

  /// The link after another one, which is the so manieth of its chain. Two writers at once can bend
  /// a chain into a ring; nobody may run in circles.
  private int after(int link, int hops) {
    if (hops > next.length) {
      throw new FatalError(
          "concurrent map writes on an IncrementalHashMap have broken it: it is not for several"
              + " threads at once; protect it by an RWMutex, or take a SyncMap");
    }
    return next[link - 1];
  }

  // Reading

  boolean hasChain(int bucket) {
    return heads[bucket] != 0;
  }

  @Nullable Object[] entries() {
    return entries;
  }

  /// Where the key is in [#entries], or where the set of its hash is, as [Table#find] codes it.
  int find(int bucket, Object key, int hash) {
    for (int link = heads[bucket], hops = 1; link != 0; link = after(link, hops++)) {
      long word = tags[link - 1];
      for (long match = Tags.match(word, hash); match != 0; match &= match - 1) {
        int at = ((link - 1) << Table.ENTRY_SHIFT) + Tags.keyOffset(match);
        Object present = entries[at];
        if (present == key) {
          return at | Table.OVERFLOW;
        }
        if (present instanceof EqualHashes set) {
          if (set.hash() == hash) {
            return set.code(key, at | Table.OVERFLOW);
          }
        } else if (key.equals(present)) {
          return at | Table.OVERFLOW;
        }
      }
    }
    return Table.ABSENT;
  }

  /// Appends the entries of a chain to a buffer, from an index on; says where they end.
  int copy(int bucket, @Nullable Object[] buffer, int from) {
    int end = from;
    for (int link = heads[bucket], hops = 1; link != 0; link = after(link, hops++)) {
      int length = Tags.count(tags[link - 1]) << 1;
      System.arraycopy(entries, (link - 1) << Table.ENTRY_SHIFT, buffer, end, length);
      end += length;
    }
    return end;
  }

  /// Appends the tags of a chain to a buffer, from an index on.
  void copyTags(int bucket, byte[] buffer, int from) {
    int end = from;
    for (int link = heads[bucket], hops = 1; link != 0; link = after(link, hops++)) {
      long word = tags[link - 1];
      for (int place = 0; place < Tags.count(word); place++) {
        buffer[end++] = (byte) Tags.at(word, place);
      }
    }
  }

  /// Entries in the chain of a bucket.
  int count(int bucket) {
    int count = 0;
    for (int link = heads[bucket], hops = 1; link != 0; link = after(link, hops++)) {
      count += Tags.count(tags[link - 1]);
    }
    return count;
  }

  int usedBuckets() {
    return touched - free;
  }

  int buckets() {
    return next.length;
  }

  // Writing

  /// Makes sure that so many more buckets can be taken. This is the only method that allocates; the
  /// map is whole whether or not it succeeds.
  void reserve(int buckets, @Nullable Work work) {
    if (free + next.length - touched < buckets) {
      grow(buckets, work);
    }
  }

  private void grow(int buckets, @Nullable Work work) {
    int length = touched - free + buckets;
    length = Math.min(Math.max(length, next.length + (next.length >> 1)), MOST_BUCKETS);
    if (length - (touched - free) < buckets) {
      throw new IllegalStateException(
          "more than "
              + MOST_BUCKETS * Tags.PLACES
              + " keys beside each other: their hash codes differ too little");
    }
    char[] moreNext = Arrays.copyOf(next, length);
    long[] moreTags = Arrays.copyOf(tags, length);
    @Nullable Object[] moreEntries = Arrays.copyOf(entries, length << Table.ENTRY_SHIFT);
    if (work != null) {
      work.copiedBytes += bytes(next.length);
      work.allocatedBytes += bytes(length);
    }
    next = moreNext;
    tags = moreTags;
    entries = moreEntries;
  }

  static long bytes(int buckets) {
    return (long) buckets * (Character.BYTES + Long.BYTES + (4 << Table.ENTRY_SHIFT));
  }

  /// Adds an entry at the end of a chain. A bucket must be reserved.
  void append(int bucket, long tag, Object key, @Nullable Object value) {
    int last = last(bucket);
    if (last < 0 || Tags.isFull(tags[last])) {
      int taken = take();
      if (last < 0) {
        heads[bucket] = (char) (taken + 1);
      } else {
        next[last] = (char) (taken + 1);
      }
      last = taken;
    }
    int place = Tags.count(tags[last]);
    int at = (last << Table.ENTRY_SHIFT) + (place << 1);
    entries[at] = key;
    entries[at + 1] = value;
    tags[last] = Tags.add(tags[last], place, tag);
  }

  private int take() {
    if (free == 0) {
      return touched++;
    }
    int taken = firstFree - 1;
    firstFree = next[taken];
    next[taken] = 0;
    free--;
    return taken;
  }

  private void giveBack(int index) {
    next[index] = (char) firstFree;
    firstFree = index + 1;
    free++;
  }

  /// The index of the last bucket of a chain, or -1.
  private int last(int bucket) {
    int last = 0;
    for (int link = heads[bucket], hops = 1; link != 0; link = after(link, hops++)) {
      last = link;
    }
    return last - 1;
  }

  /// Whether the last bucket of a chain is full, or there is none.
  boolean isFull(int bucket) {
    int last = last(bucket);
    return last < 0 || Tags.isFull(tags[last]);
  }

  /// Moves the last entry of a chain to a place of its first bucket, which is not here.
  ///
  /// @return its tag
  long moveLast(int bucket, @Nullable Object[] to, int at) {
    int last = last(bucket);
    int place = Tags.count(tags[last]) - 1;
    int from = (last << Table.ENTRY_SHIFT) + (place << 1);
    to[at] = entries[from];
    to[at + 1] = entries[from + 1];
    long tag = Tags.at(tags[last], place);
    drop(bucket, last, place);
    return tag;
  }

  /// Removes an entry: the last one of the chain takes its place.
  void remove(int bucket, int at) {
    int index = at >> Table.ENTRY_SHIFT;
    int place = (at - (index << Table.ENTRY_SHIFT)) >> 1;
    int last = last(bucket);
    int lastPlace = Tags.count(tags[last]) - 1;
    int from = (last << Table.ENTRY_SHIFT) + (lastPlace << 1);
    entries[at] = entries[from];
    entries[at + 1] = entries[from + 1];
    tags[index] = Tags.set(tags[index], place, Tags.at(tags[last], lastPlace));
    drop(bucket, last, lastPlace);
  }

  private void drop(int bucket, int last, int place) {
    int at = (last << Table.ENTRY_SHIFT) + (place << 1);
    entries[at] = null;
    entries[at + 1] = null;
    tags[last] = Tags.set(tags[last], place, 0);
    if (place == 0) {
      unlink(bucket, last);
      giveBack(last);
    }
  }

  private void unlink(int bucket, int last) {
    if (heads[bucket] == last + 1) {
      heads[bucket] = 0;
      return;
    }
    for (int link = heads[bucket], hops = 1; link != 0; link = after(link, hops++)) {
      if (next[link - 1] == last + 1) {
        next[link - 1] = 0;
      }
    }
  }

  /// Gives a whole chain back.
  void clear(int bucket) {
    int link = heads[bucket];
    heads[bucket] = 0;
    for (int hops = 1; link != 0; hops++) {
      int index = link - 1;
      link = after(link, hops);
      int from = index << Table.ENTRY_SHIFT;
      Arrays.fill(entries, from, from + (Tags.PLACES << 1), null);
      tags[index] = 0;
      giveBack(index);
    }
  }

  /// The same chains without free buckets; itself if it has none, null if it has no chain.
  @Nullable Overflow trimmed(@Nullable Work work) {
    int used = usedBuckets();
    if (used == next.length) {
      return this;
    }
    if (used == 0) {
      return null;
    }
    Overflow exact = new Overflow(heads.clone(), used);
    if (work != null) {
      work.copiedBytes += bytes(used) + heads.length * (long) Character.BYTES;
      work.allocatedBytes += bytes(used) + heads.length * (long) Character.BYTES;
    }
    for (int bucket = 0; bucket < heads.length; bucket++) {
      for (int link = heads[bucket], hops = 1; link != 0; link = after(link, hops++)) {
        int to = exact.touched++;
        exact.tags[to] = tags[link - 1];
        System.arraycopy(
            entries,
            (link - 1) << Table.ENTRY_SHIFT,
            exact.entries,
            to << Table.ENTRY_SHIFT,
            Tags.PLACES << 1);
        if (link == heads[bucket]) {
          exact.heads[bucket] = (char) (to + 1);
        } else {
          exact.next[to - 1] = (char) (to + 1);
        }
      }
    }
    return exact;
  }

  // Checking

  /// Fails with an AssertionError if chains and free buckets contradict each other.
  void checkInvariants() {
    boolean[] seen = new boolean[next.length];
    int chained = 0;
    for (int bucket = 0; bucket < heads.length; bucket++) {
      for (int link = heads[bucket], hops = 1; link != 0; link = after(link, hops++)) {
        checkBucket(link - 1, seen);
        if (tags[link - 1] == 0 || (next[link - 1] != 0 && !Tags.isFull(tags[link - 1]))) {
          throw new AssertionError("a hole in the chain of bucket " + bucket);
        }
        chained++;
      }
    }
    int unused = 0;
    for (int link = firstFree; link != 0; link = next[link - 1]) {
      checkBucket(link - 1, seen);
      if (tags[link - 1] != 0) {
        throw new AssertionError("a free bucket has entries");
      }
      unused++;
    }
    if (unused != free || chained != usedBuckets()) {
      throw new AssertionError(
          chained + " in chains, " + unused + " free, but touched " + touched + ", free " + free);
    }
  }

  private void checkBucket(int index, boolean[] seen) {
    if (index >= touched || seen[index]) {
      throw new AssertionError(
          "bucket " + index + " of the overflow is linked to twice, or unused");
    }
    seen[index] = true;
    long word = tags[index];
    if (!Tags.isDense(word)) {
      throw new AssertionError("tags with a hole: " + Long.toHexString(word));
    }
    for (int place = 0; place < Tags.PLACES; place++) {
      int at = (index << Table.ENTRY_SHIFT) + (place << 1);
      boolean used = place < Tags.count(word);
      if ((entries[at] != null) != used || (!used && entries[at + 1] != null)) {
        throw new AssertionError("tags and entries contradict each other in the overflow");
      }
    }
  }
}
