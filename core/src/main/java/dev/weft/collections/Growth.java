package dev.weft.collections;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How a table becomes larger.
final class Growth {

  /*
   * Growth doubles the buckets, one at a time, and one at each insert of a new key.
   *
   * When     an insert would make it more than 6.5 entries a bucket (8 if there is one bucket), and no
   *          growth is going on: at the 9th, 14th, 27th, 53rd ... entry, as in Go (MAP-24, MAP-25).
   * Start    mask is doubled, live is not: all hashes still find their bucket, by the lower bits. The
   *          arrays of a table of less than a chunk are doubled; they are small.
   * Step     the next bucket in order, from = live - level, is split: entries whose next bit of the hash
   *          is 1 move to the bucket from + level == live, which is the first one that does not exist
   *          yet. Then live is one more. A hash that is looked up before and after finds the same
   *          entries: it had from + level in its lower bits, which did not exist, and now does.
   * End      live == 2 * level. N buckets take N inserts, at the end of which there are 7.5 entries for
   *          each old bucket: far from the 13 that would start the next growth.
   *
   *     insert                    table
   *     ------------------------------------------------------------
   *     14th, starts              mask 3, live 2:  0 1 - -
   *           and splits 0        mask 3, live 3:  0 1 2 -
   *     15th, splits 1            mask 3, live 4:  0 1 2 3
   *
   * Order    Go splits the bucket that is written to, which is random, and the next one in order. Here
   *          in order only: then a new chunk is needed every 512 inserts, not all of them at once, and
   *          memory grows with what is in the map. What is read meanwhile costs one comparison more.
   *          Replacing, reading and removing never split anything.
   *
   * Bound    One insert splits one bucket: 8 entries, and its overflow, which by chance has less than 16
   *          in the largest tables, and by equal hashes less than LongChain.LONG. It allocates at most
   *          one chunk (37 KB) or one directory (NextDirectory), and copies at most the overflow
   *          of one chunk (half a bucket for each bucket). The hashes of what is split are asked for
   *          again, since they are not kept.
   *
   * Memory   There is no old table to be released. A chunk that has been split needs half as much
   *          overflow, so its overflow is cut to size.
   *
   * Failure  A hash code that throws, or memory that runs out, ends the insert before its key is added.
   *          The bucket is then split or not, and the next insert goes on from there.
   *
   * Evidence MapGrowthTest counts what each of three million inserts does.
   */

  private static final int LARGEST_FIRST_BUCKET = Tags.PLACES;

  private Growth() {}

  /// Entries that so many buckets hold before they grow.
  static int threshold(int buckets) {
    if (buckets == 1) {
      return LARGEST_FIRST_BUCKET;
    }
    return (int) Math.min(13L * buckets / 2, Integer.MAX_VALUE);
  }

  /// The least buckets for so many entries, a power of two.
  static int bucketsFor(int entries) {
    int buckets = 1;
    while (threshold(buckets) < entries) {
      buckets <<= 1;
    }
    return buckets;
  }

  /// Gives a new table room for so many entries, unless that is nothing or nonsense (MAP-10).
  static void presize(Table<?, ?> table, int hint) {
    if (hint <= LARGEST_FIRST_BUCKET) {
      return;
    }
    int buckets = bucketsFor(hint);
    if (bytes(buckets) < Runtime.getRuntime().maxMemory()) {
      allocate(table, buckets);
    }
  }

  /// What an insert has to do before it adds its key.
  ///
  /// @param seen the word of the guard
  /// @return the word after it
  static int step(Table<?, ?> table, int seen) {
    int after = seen;
    if (table.hasNoStorage()) {
      table.checkNotNil();
      after = allocateFirst(table, after);
    } else if (!table.isGrowing()) {
      if (table.size >= threshold(table.live)) {
        after = start(table, after);
      } else if (NextDirectory.prepare(table)) {
        table.workAt = threshold(table.live);
      }
    }
    return table.isGrowing() ? split(table, after) : after;
  }

  private static int allocateFirst(Table<?, ?> table, int seen) {
    int after;
    table.begin(seen);
    try {
      allocate(table, 1);
    } finally {
      after = table.end(seen);
    }
    return after;
  }

  /// Gives a table that has no storage so many buckets.
  static void allocate(Table<?, ?> table, int buckets) {
    int chunks = Math.max(1, buckets >>> Table.CHUNK_SHIFT);
    int bucketsOfChunk = Math.min(buckets, Table.CHUNK);
    long[][] tags = new long[chunks][bucketsOfChunk];
    @Nullable Object[][] slots = new @Nullable Object[chunks][bucketsOfChunk << Table.ENTRY_SHIFT];
    @Nullable Overflow[] overflow = new @Nullable Overflow[chunks];
    table.tags = tags;
    table.slots = slots;
    table.overflow = overflow;
    table.mask = buckets - 1;
    table.live = buckets;
    table.workAt = chunks < NextDirectory.LARGE ? threshold(buckets) : 0;
  }

  private static int start(Table<?, ?> table, int seen) {
    if (table.size == Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "the map has " + table.size + " entries, and cannot count more; use several maps");
    }
    if (table.live < Table.CHUNK) {
      return doubleSmall(table, seen);
    }
    NextDirectory next = NextDirectory.completed(table);
    table.begin(seen);
    next.install(table);
    doubleMask(table);
    return table.end(seen);
  }

  private static void doubleMask(Table<?, ?> table) {
    table.mask = (table.mask << 1) | 1;
    table.workAt = 0;
  }

  private static int doubleSmall(Table<?, ?> table, int seen) {
    int buckets = table.live << 1;
    long[] tags = Arrays.copyOf(table.tags[0], buckets);
    @Nullable Object[] slots = Arrays.copyOf(table.slots[0], buckets << Table.ENTRY_SHIFT);
    if (table.overflow[0] != null) {
      table.overflow[0].setBuckets(buckets);
    }
    if (table.work != null) {
      table.work.copiedBytes += bytes(table.live);
      table.work.allocatedBytes += bytes(buckets);
    }
    table.begin(seen);
    table.tags[0] = tags;
    table.slots[0] = slots;
    doubleMask(table);
    return table.end(seen);
  }

  private static long bytes(int buckets) {
    return (long) buckets * (Long.BYTES + (4 << Table.ENTRY_SHIFT));
  }

  private static int split(Table<?, ?> table, int seen) {
    int to = table.live;
    int level = (table.mask + 1) >>> 1;
    int from = to - level;
    if (to >= Table.CHUNK && (to & Table.IN_CHUNK) == 0) {
      addChunk(table, to >>> Table.CHUNK_SHIFT);
    }
    int chunk = from >>> Table.CHUNK_SHIFT;
    Overflow overflow = table.overflow[chunk];
    int after =
        overflow != null && overflow.hasChain(from & Table.IN_CHUNK)
            ? splitChain(table, from, to, level, overflow, seen)
            : splitBucket(table, from, to, level, seen);
    boolean ended = !table.isGrowing();
    if (ended) {
      table.workAt = table.tags.length < NextDirectory.LARGE ? threshold(table.live) : 0;
    }
    if ((ended || (from & Table.IN_CHUNK) == Table.IN_CHUNK) && table.overflow[chunk] != null) {
      table.setOverflow(chunk, table.overflow[chunk].trimmed(table.work));
    }
    return after;
  }

  private static void addChunk(Table<?, ?> table, int chunk) {
    // If the split fails the next insert comes here again, and makes another one.
    long[] tags = new long[Table.CHUNK];
    @Nullable Object[] slots = new @Nullable Object[Table.CHUNK << Table.ENTRY_SHIFT];
    table.tags[chunk] = tags;
    table.slots[chunk] = slots;
    if (table.work != null) {
      table.work.allocatedBytes += bytes(Table.CHUNK);
    }
  }

  /// Splits a bucket that has no overflow.
  private static int splitBucket(Table<?, ?> table, int from, int to, int level, int seen) {
    long[] fromTags = table.tags[from >>> Table.CHUNK_SHIFT];
    @Nullable Object[] fromSlots = table.slots[from >>> Table.CHUNK_SHIFT];
    int fromBase = (from & Table.IN_CHUNK) << Table.ENTRY_SHIFT;
    long word = fromTags[from & Table.IN_CHUNK];
    int count = Tags.count(word);
    int movers = 0;
    for (int place = 0; place < count; place++) {
      Object key = fromSlots[fromBase + (place << 1)];
      if (key == null) {
        throw table.writeBesideWrite();
      }
      movers |= (table.hashAt(key) & level) == 0 ? 0 : 1 << place;
    }
    @Nullable Object[] toSlots = table.slots[to >>> Table.CHUNK_SHIFT];
    int toAt = (to & Table.IN_CHUNK) << Table.ENTRY_SHIFT;
    int stayAt = fromBase;
    long stayWord = 0;
    long moveWord = 0;
    int stayShift = 0;
    int moveShift = 0;
    table.begin(seen);
    for (int place = 0; place < count; place++) {
      int at = fromBase + (place << 1);
      long tag = Tags.at(word, place);
      if (((movers >>> place) & 1) != 0) {
        toSlots[toAt] = fromSlots[at];
        toSlots[toAt + 1] = fromSlots[at + 1];
        toAt += 2;
        moveWord |= tag << moveShift;
        moveShift += Byte.SIZE;
      } else {
        if (stayAt != at) {
          fromSlots[stayAt] = fromSlots[at];
          fromSlots[stayAt + 1] = fromSlots[at + 1];
        }
        stayAt += 2;
        stayWord |= tag << stayShift;
        stayShift += Byte.SIZE;
      }
    }
    Arrays.fill(fromSlots, stayAt, fromBase + (count << 1), null);
    fromTags[from & Table.IN_CHUNK] = stayWord;
    table.tags[to >>> Table.CHUNK_SHIFT][to & Table.IN_CHUNK] = moveWord;
    table.live = to + 1;
    count(table, count, moveShift / Byte.SIZE);
    return table.end(seen);
  }

  /// Splits a bucket that has overflow. Both chains are written anew.
  private static int splitChain(
      Table<?, ?> table, int from, int to, int level, Overflow overflow, int seen) {
    Chain chain = Chain.copyOf(table, from, overflow);
    int moving = 0;
    for (int i = 0; i < chain.count(); i++) {
      boolean moves = (table.hashAt(chain.key(table, i)) & level) != 0;
      chain.choose(i, moves);
      moving += moves ? 1 : 0;
    }
    if (moving > Tags.PLACES) {
      int buckets = (moving - 1) / Tags.PLACES;
      table.overflowFor(to >>> Table.CHUNK_SHIFT).reserve(buckets, table.work);
    }
    table.begin(seen);
    table.clearChain(from);
    table.live = to + 1;
    for (int i = 0; i < chain.count(); i++) {
      chain.append(table, i, chain.isChosen(i) ? to : from);
    }
    count(table, chain.count(), chain.count());
    return table.end(seen);
  }

  private static void count(Table<?, ?> table, int rehashed, int moved) {
    if (table.work != null) {
      table.work.rehashed += rehashed;
      table.work.moved += moved;
    }
  }
}
