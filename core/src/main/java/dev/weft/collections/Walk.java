package dev.weft.collections;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One way through all entries of a table, which may be changed and grow meanwhile.
final class Walk {

  /*
   * Promise  (MAP-5 to MAP-7) Every entry that is there from the beginning to the end is produced once.
   *          One that is removed before it is reached is not produced, one that is added may be or not,
   *          none is produced twice, and a value is the one of the moment. The order is another one
   *          each time.
   *
   * How      Buckets only ever split. So all that is in bucket b of n buckets stays in the buckets that
   *          are congruent to b modulo n, its group, however large the table becomes. A walk notes how
   *          many buckets there are when it begins (n = 2^groupBits, the level), and visits group after
   *          group, beginning anywhere. Go walks the table that it began with instead, and looks moved
   *          entries up in the other one (MAP-36, MAP-37); here there is no other one.
   *
   *          Inside of a group it goes by the next bits of the hash, read as a fraction: the bit above
   *          the group's is worth a half, the next a quarter. A bucket is an interval of fractions, and
   *          splitting it halves the interval. So the walk keeps a position, visits the bucket that is
   *          there, and goes on to the end of its interval, as the SCAN of Redis does. A bucket that was
   *          visited as a whole has been visited however often it is split afterwards.
   *
   *            group of 2 bits    fraction:  0 . . . . . . . 1/2 . . . . . . . 1
   *            not split                     |      bucket b                   |
   *            split once                    |   bucket b    |   bucket b + 4  |
   *            b split again                 | b     | b + 8 |   bucket b + 4  |
   *
   *          In a table that does not grow meanwhile a group is one bucket, and the walk reads memory in
   *          order.
   *
   * Copies   Removing fills holes, so a walk copies a bucket and produces from the copy, or from that of
   *          the next few groups if they are one bucket each. As long as the word of Guard is the same
   *          as when it was copied the copy is true. After that, each key is looked up before it is
   *          produced.
   *
   * Ends     If the map becomes empty the walk is at its end, even if something is added: nothing is left
   *          of what was there, and hashes are different ones from then on.
   *
   * Trimming joins buckets. Then a bucket may have keys that have been produced, and the walk produces
   *          those that are ahead of its position only.
   *
   * Evidence MapModelTest.walks changes the map, grows and trims it at random entries of random walks.
   */

  /// As many as it takes to begin at any entry of a bucket.
  private static final int TURN_BITS = 3;

  /// Buckets that are copied at once if they can be: copying one takes long for what it is.
  private static final int AT_ONCE = 8;

  private static final @Nullable Object[] NOTHING = {};

  private final Table<?, ?> table;
  private final int seeding;
  private final int shrinks;
  private final int groupBits;

  /// Changes where in a bucket the walk begins, so that small maps have a random order, too.
  private final int turn;

  private int group;
  private int groupsLeft;

  /// A fraction of the group, as an unsigned number: how much of it has been visited.
  private int position;

  /// The places of the buckets, from the index 0 to the length; free ones among them.
  private @Nullable Object[] copy = NOTHING;

  private int length;
  private int next;
  private int left;

  /// The word of the guard that the copy belongs to.
  private int seen;

  private boolean ownChange;

  private @Nullable Object key;
  private @Nullable Object value;

  Walk(Table<?, ?> table) {
    this.table = table;
    seen = table.iterating();
    seeding = table.seedings;
    shrinks = table.shrinks;
    groupBits = Integer.bitCount(table.isGrowing() ? table.mask >>> 1 : table.mask);
    int random = ThreadLocalRandom.current().nextInt();
    turn = random >>> (Integer.SIZE - TURN_BITS);
    group = random & ((1 << groupBits) - 1);
    groupsLeft = table.size == 0 ? 0 : 1 << groupBits;
  }

  /// The key that the walk has reached, as the table keeps it.
  Object key() {
    if (key == null) {
      throw new AssertionError("no entry has been reached");
    }
    return key;
  }

  @Nullable Object value() {
    return value;
  }

  /// Whether the entry that was reached is still what the map says.
  boolean isCurrent() {
    return table.isUnchanged(seen);
  }

  /// Goes to the next entry.
  ///
  /// @return whether there is one
  boolean advance() {
    return (table.isUnchanged(seen) && take()) || advanceExplained();
  }

  private boolean advanceExplained() {
    try {
      return advanceFar();
    } catch (IndexOutOfBoundsException
        | NullPointerException
        | NegativeArraySizeException
        | ClassCastException inside) {
      throw Guard.explained(inside, table.iterationBesideWrite());
    }
  }

  /// Goes to the next place of the copy that is not free.
  private boolean take() {
    while (left > 0) {
      int at = next;
      next = at + 2 == length ? 0 : at + 2;
      left--;
      Object candidate = copy[at];
      if (candidate != null) {
        key = candidate;
        value = copy[at + 1];
        return true;
      }
    }
    return false;
  }

  /// Into the next buckets, or through a copy that may be out of date.
  private boolean advanceFar() {
    if (table.iterating() != seen) {
      while (take()) {
        if (lookUp()) {
          return true;
        }
      }
    }
    while (nextBuckets()) {
      if (take()) {
        return true;
      }
    }
    copy = NOTHING;
    key = null;
    value = null;
    return false;
  }

  /// Before who walks changes the entry that was reached.
  void changing() {
    ownChange = isCurrent();
  }

  /// After it. No other entry has changed, so the copy is as true as it was.
  void changed() {
    if (ownChange) {
      seen = table.iterating();
    }
  }

  /// Looks the candidate up again; takes the key and the value that are there now.
  ///
  /// @return false if it is not in the map any more
  boolean lookUp() {
    Object candidate = key();
    if (table.seedings != seeding) {
      return false;
    }
    int hash = table.hash(candidate);
    int code = table.find(candidate, hash);
    if (code < 0) {
      return false;
    }
    value = table.valueAt(candidate, hash, code);
    key = table.keyAt(candidate, hash, code);
    return true;
  }

  /// Copies the next bucket, or several of them.
  private boolean nextBuckets() {
    if (groupsLeft == 0) {
      return false;
    }
    seen = table.iterating();
    if (table.seedings != seeding) {
      groupsLeft = 0;
      return false;
    }
    int buckets = wholeGroups();
    if (buckets > 1) {
      copyBuckets(buckets);
      pass(buckets);
    } else {
      int bucket = table.bucketOf(group | (Integer.reverse(position) << groupBits));
      copyBucket(bucket);
      if (shrinks != table.shrinks) {
        keepWhatIsAhead();
      }
      passBucket(bucket);
    }
    left = length >> 1;
    next = ((turn * left) >>> TURN_BITS) << 1;
    return true;
  }

  /// How many groups from here on are one bucket each, beside each other in one chunk.
  private int wholeGroups() {
    if (table.live != 1 << groupBits || position != 0 || shrinks != table.shrinks) {
      return 1;
    }
    int toEnd = Math.min(groupsLeft, (1 << groupBits) - group);
    return Math.min(AT_ONCE, Math.min(toEnd, Table.CHUNK - (group & Table.IN_CHUNK)));
  }

  private void pass(int groups) {
    group = (group + groups) & ((1 << groupBits) - 1);
    groupsLeft -= groups;
  }

  /// Moves the position to the end of a bucket.
  private void passBucket(int bucket) {
    int depth = table.bitsOf(bucket) - groupBits;
    if (depth > 0) {
      int interval = 1 << (Integer.SIZE - depth);
      position = (position & -interval) + interval;
    } else {
      position = 0;
    }
    if (position == 0) {
      pass(1);
    }
  }

  private void copyBucket(int bucket) {
    int chunk = bucket >>> Table.CHUNK_SHIFT;
    int inChunk = bucket & Table.IN_CHUNK;
    // Without the free places, so that each entry is as likely to be the first one.
    copyPlaces(chunk, inChunk, Tags.count(table.tags[chunk][inChunk]) << 1);
    copyOverflow(chunk, inChunk, 1);
  }

  private void copyBuckets(int buckets) {
    int chunk = group >>> Table.CHUNK_SHIFT;
    int inChunk = group & Table.IN_CHUNK;
    copyPlaces(chunk, inChunk, buckets << Table.ENTRY_SHIFT);
    copyOverflow(chunk, inChunk, buckets);
  }

  private void copyPlaces(int chunk, int inChunk, int references) {
    length = references;
    if (copy.length < length) {
      copy = new @Nullable Object[length];
    }
    System.arraycopy(table.slots[chunk], inChunk << Table.ENTRY_SHIFT, copy, 0, length);
  }

  private void copyOverflow(int chunk, int first, int buckets) {
    Overflow overflow = table.overflow[chunk];
    if (overflow != null) {
      for (int inChunk = first; inChunk < first + buckets; inChunk++) {
        if (overflow.hasChain(inChunk)) {
          makeRoom(overflow.count(inChunk) << 1);
          length = overflow.copy(inChunk, copy, length);
        }
      }
    }
    if (table.hasSets) {
      expandSets();
    }
  }

  private void makeRoom(int more) {
    if (copy.length < length + more) {
      copy = Arrays.copyOf(copy, length + more);
    }
  }

  /// Replaces the sets of equal hashes in the copy by what is in them.
  private void expandSets() {
    for (int i = 0; i < length; i += 2) {
      if (copy[i] instanceof EqualHashes set) {
        makeRoom((set.size() - 1) << 1);
        copy[i] = copy[length - 2];
        copy[i + 1] = copy[length - 1];
        length = set.copy(copy, length - 2);
        i -= 2;
      }
    }
  }

  /// Removes from the copy what has been passed: other groups, and fractions before the position.
  private void keepWhatIsAhead() {
    int kept = 0;
    for (int i = 0; i < length; i += 2) {
      Object candidate = copy[i];
      if (candidate == null) {
        throw table.iterationBesideWrite();
      }
      int hash = table.hash(candidate);
      int fraction = Integer.reverse(hash >>> groupBits);
      if ((hash & ((1 << groupBits) - 1)) == group
          && Integer.compareUnsigned(fraction, position) >= 0) {
        copy[kept++] = candidate;
        copy[kept++] = copy[i + 1];
      }
    }
    length = kept;
  }
}
