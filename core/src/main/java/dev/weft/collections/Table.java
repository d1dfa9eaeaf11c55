package dev.weft.collections;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The storage of a map: which entry is where, and how one is found.
@SuppressWarnings("ReferenceEquality") // of keys, before equals; of NO_TAGS
abstract sealed class Table<K extends @Nullable Object, V extends @Nullable Object>
    extends Guard<K, V> permits MutableTable {

  /*
   * A hash table of buckets of eight that grows by one bucket at a time.
   *
   * Origin.   The classic map of Go (1.0 to 1.23): buckets of eight, a byte of hash for each entry,
   *           overflow buckets, 6.5 entries a bucket, incremental growth. Different here:
   *           - no second table while it grows. Buckets split in order, as in linear hashing (Litwin
   *             1980), and the half of a bucket that stays is not touched. Go splits the bucket that
   *             is written to first, and so keeps both tables whole until the end;
   *           - the arrays are cut into chunks, so that nothing large is ever allocated at once;
   *           - buckets are dense: the last entry of a chain fills the place of a removed one. So there
   *             are no tombstones, and no growth of the same size that removes them;
   *           - the eight tags are compared at once, in a word.
   *
   * Rejected. Second table as in Go: allocating it is the pause that is to be avoided. Extendible
   *           hashing with tables of 1024 (Go 1.24): splits of a hundred microseconds. A hash kept for
   *           each entry: takes the memory that is saved. docs/map.md has the figures.
   *
   * Terms.    level    a power of two; the table has between one and two levels of buckets
   *           live     the buckets that exist
   *           chunk    512 buckets beside each other; a small table is one smaller chunk
   *           chain    a bucket and its overflow buckets
   *           code     an int that says where an entry is, see find
   *
   * Picture.  level 4, live 6: two of four buckets have been split
   *
   *             bucket    0     1     2     3     4     5    (6)   (7)
   *                     split split  not   not  new   new  do not exist yet
   *                                                of 0  of 1
   *             mask = 7. Hash & mask is the bucket, if it exists; else its lower bits are.
   *
   *           a bucket: one word of tags[chunk], 16 references of slots[chunk]
   *
   *             tags    | t0 | t1 | t2 | 0 | 0 | 0 | 0 | 0 |     lowest byte first
   *             slots   | k0 v0 | k1 v1 | k2 v2 | - - | - - | - - | - - | - - |
   *
   * States    of a table      encoding                who changes it
   *             EMPTY         tags is NO_TAGS         the first insert: Growth
   *             AT REST       live == mask + 1        the insert that makes it too full: Growth.start
   *             GROWING       live <= mask            each insert splits one bucket: Growth.split
   *           workAt is the size from which on an insert has something else to do first; 0 in the
   *           first and the third state.
   *
   * Invariants  (checkInvariants; hold whenever the word of Guard is even)
   *   I1  level < live <= 2 * level == mask + 1, or mask == 0 and live == 1. live == level if a
   *       growth has begun, but no bucket has been split: the first split has failed.
   *   I2  Every key is in the chain of the bucket of its hash, or in a set in that chain.
   *   I3  The entries of a bucket come before its free places. Free places are null.
   *   I4  A bucket has overflow only if it is full, and an overflow bucket a successor only if it is
   *       full. So a search ends at the first free place.
   *   I5  If a set of equal hashes exists, then every key of that hash is in it.
   *   I6  size counts the keys, those in sets included.
   *   I7  The chunks up to that of bucket live - 1 exist.
   *
   * User code, that is equals, hashCode and compareTo of keys, runs in searches and before changes. It
   *           may throw anything; the map is then as it was before the call, except that a bucket
   *           may have been split. So does memory that runs out: all is allocated before the first
   *           change. Only sets call it in the middle of a change, and there in one call that either
   *           does everything or nothing.
   *
   * Bound     of one insert: one bucket split (8 entries, seldom more), one chunk allocated, the
   *           overflow of one chunk copied, a part of the next directory copied: see Growth.
   *           Everything else allocates nothing and moves one entry. Exceptions, by their nature: clear
   *           and trim, and keys of one hash that are not comparable, which are searched one by one.
   *
   * Memory ordering. None: a map belongs to one thread at a time. Readers change nothing, so any number
   *           of them may read a map that was published safely. What Guard does is best effort.
   *
   * Evidence  MapModelTest (random operations against HashMap, invariants after them), MapGuavaTest (Guava's
   *           suites), MapRulesTest, EqualHashesTest.
   */

  static final int CHUNK_SHIFT = 9;

  /// Buckets of a chunk.
  static final int CHUNK = 1 << CHUNK_SHIFT;

  static final int IN_CHUNK = CHUNK - 1;

  /// References of a bucket: a key and a value for each place.
  static final int ENTRY_SHIFT = 4;

  /// A key that is not there, as a code.
  static final int ABSENT = -1;

  /// The part of a code that says: in the overflow.
  static final int OVERFLOW = 1 << 28;

  /// The part of a code that says: in the set of equal hashes at that place.
  static final int IN_SET = 1 << 29;

  static final int PLACE = OVERFLOW - 1;

  /// Any odd number without a pattern: the fraction of the golden ratio.
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  /// What [#lookup] returns for a key that is not there; a value may be null.
  private static final Object NONE = new Object();

  private static final long[][] NO_TAGS = {{0}};
  private static final @Nullable Object[][] NO_SLOTS = {{}};
  private static final @Nullable Overflow[] NO_OVERFLOW = {null};

  long[][] tags = NO_TAGS;
  @Nullable Object[][] slots = NO_SLOTS;
  @Nullable Overflow[] overflow = NO_OVERFLOW;

  /// Twice the level, less one.
  int mask;

  int live = 1;
  int size;
  int workAt;

  // With random numbers nobody can know which hash codes collide.
  private long factor;
  private long summand;

  /// Counts how often the hashes have been changed, which is only done when nothing is in the map.
  int seedings;

  /// Counts how often buckets have been joined.
  int shrinks;

  /// Whether there may be sets of equal hashes: there has been one since the map was empty.
  boolean hasSets;

  /// What is prepared for the next growth, if the directories are large.
  @Nullable NextDirectory nextDirectory;

  @Nullable Work work;

  /// Whether nothing may ever be put into it.
  final boolean nil;

  Table(boolean nil) {
    this.nil = nil;
    seed();
  }

  /// Before something is put into a map that has no storage.
  final void checkNotNil() {
    if (nil) {
      throw new UnsupportedOperationException(
          "assignment to entry in nil map: IncrementalHashMap.nil() is always empty; use new"
              + " IncrementalHashMap<>()");
    }
  }

  final void seed() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    factor = random.nextLong() | 1;
    summand = random.nextLong();
    seedings++;
    hasSets = false;
  }

  /// Takes over hashes, before anything is in this table.
  final void seedAs(Table<?, ?> other) {
    factor = other.factor;
    summand = other.summand;
  }

  // Addresses

  /// The hash code of a key, mixed. One multiplication is not enough: it is linear, and for one in
  /// a hundred random factors it sends keys that follow each other into few buckets.
  final int hash(Object key) {
    long product = key.hashCode() * factor + summand;
    return (int) (((product ^ (product >>> Integer.SIZE)) * MIX) >>> Integer.SIZE);
  }

  /// The hash of what is in a place for keys.
  final int hashAt(Object present) {
    return present instanceof EqualHashes set ? set.hash() : hash(present);
  }

  final int bucketOf(int hash) {
    int bucket = hash & mask;
    return bucket < live ? bucket : bucket & (mask >>> 1);
  }

  /// How many lower bits of a hash lead to a bucket.
  final int bitsOf(int bucket) {
    int bits = Integer.bitCount(mask);
    int level = (mask + 1) >>> 1;
    return (bucket & (mask >>> 1)) + level < live ? bits : bits - 1;
  }

  final boolean isGrowing() {
    return live <= mask;
  }

  // Searching

  /// The value of a key, or [#NONE].
  final @Nullable Object lookup(Object key) {
    int hash = hash(key);
    int seen = reading();
    try {
      return lookup(key, hash, seen);
    } catch (IndexOutOfBoundsException
        | NullPointerException
        | NegativeArraySizeException
        | ClassCastException inside) {
      throw explained(inside, readBesideWrite());
    }
  }

  private @Nullable Object lookup(Object key, int hash, int seen) {
    int bucket = bucketOf(hash);
    long word = tags[bucket >>> CHUNK_SHIFT][bucket & IN_CHUNK];
    @Nullable Object[] entries = slots[bucket >>> CHUNK_SHIFT];
    for (long match = Tags.match(word, hash); match != 0; match &= match - 1) {
      int at = ((bucket & IN_CHUNK) << ENTRY_SHIFT) + Tags.keyOffset(match);
      Object present = entries[at];
      if (present == key) {
        return entries[at + 1];
      }
      if (present instanceof EqualHashes set) {
        if (set.hash() == hash) {
          return lookupInSet(set, key, seen);
        }
      } else if (key.equals(present)) {
        return entries[at + 1];
      }
    }
    return Tags.isFull(word) ? lookupInOverflow(key, hash, bucket, seen) : notFound(key, seen);
  }

  /// Whether [#lookup] has found the key.
  static boolean isFound(@Nullable Object value) {
    return value != NONE;
  }

  private @Nullable Object lookupInSet(EqualHashes set, Object key, int seen) {
    EqualHashes.Entry entry = set.find(key);
    return entry == null ? notFound(key, seen) : entry.value;
  }

  private @Nullable Object lookupInOverflow(Object key, int hash, int bucket, int seen) {
    Overflow chains = overflow[bucket >>> CHUNK_SHIFT];
    if (chains == null) {
      return notFound(key, seen);
    }
    int code = chains.find(bucket & IN_CHUNK, key, hash);
    if (code < 0) {
      return notFound(key, seen);
    }
    @Nullable Object[] entries = chains.entries();
    int at = code & PLACE;
    if ((code & IN_SET) == 0) {
      return entries[at + 1];
    }
    return lookupInSet((EqualHashes) present(entries, at), key, seen);
  }

  private Object notFound(Object key, int seen) {
    checkType(key);
    checkUnchanged(seen);
    return NONE;
  }

  /// Fails if the object cannot be a key. Only asked when it is not in the map; it cannot be. The
  /// JVM knows the answer if it knows the class of the keys.
  static void checkType(Object key) {
    if (key.getClass().isArray() || key instanceof Unhashable) {
      throw Keys.unhashable(key);
    }
  }

  /// Where a key is. Differs from [#lookup] in the answer only.
  ///
  /// @return if it is there, its place: in the slots of its chunk, in the overflow of its chunk
  ///   ([#OVERFLOW]), or the place of the set it is in ([#IN_SET]). Else [#ABSENT], or the inverted
  ///   place of the set that it belongs into
  final int find(Object key, int hash) {
    try {
      return findUnexplained(key, hash);
    } catch (IndexOutOfBoundsException
        | NullPointerException
        | NegativeArraySizeException
        | ClassCastException inside) {
      throw explained(inside, writeBesideWrite());
    }
  }

  private int findUnexplained(Object key, int hash) {
    int bucket = bucketOf(hash);
    long word = tags[bucket >>> CHUNK_SHIFT][bucket & IN_CHUNK];
    @Nullable Object[] entries = slots[bucket >>> CHUNK_SHIFT];
    for (long match = Tags.match(word, hash); match != 0; match &= match - 1) {
      int at = ((bucket & IN_CHUNK) << ENTRY_SHIFT) + Tags.keyOffset(match);
      Object present = entries[at];
      if (present == key) {
        return at;
      }
      if (present instanceof EqualHashes set) {
        if (set.hash() == hash) {
          return set.code(key, at);
        }
      } else if (key.equals(present)) {
        return at;
      }
    }
    return Tags.isFull(word) ? findInOverflow(key, hash, bucket) : ABSENT;
  }

  private int findInOverflow(Object key, int hash, int bucket) {
    Overflow chains = overflow[bucket >>> CHUNK_SHIFT];
    return chains == null ? ABSENT : chains.find(bucket & IN_CHUNK, key, hash);
  }

  /// The array that the place of a code is in.
  final @Nullable Object[] entriesOf(int hash, int code) {
    int chunk = bucketOf(hash) >>> CHUNK_SHIFT;
    return (code & OVERFLOW) == 0 ? slots[chunk] : chains(chunk).entries();
  }

  final Overflow chains(int chunk) {
    Overflow chains = overflow[chunk];
    if (chains == null) {
      throw writeBesideWrite();
    }
    return chains;
  }

  final Object present(@Nullable Object[] entries, int at) {
    Object present = entries[at];
    if (present == null) {
      throw writeBesideWrite();
    }
    return present;
  }

  final EqualHashes.Entry entryInSet(@Nullable Object[] entries, int at, Object key) {
    EqualHashes.Entry entry = ((EqualHashes) present(entries, at)).find(key);
    if (entry == null) {
      throw writeBesideWrite();
    }
    return entry;
  }

  /// The key that is in the map where an equal one was found.
  final Object keyAt(Object key, int hash, int code) {
    @Nullable Object[] entries = entriesOf(hash, code);
    int at = code & PLACE;
    return (code & IN_SET) == 0 ? present(entries, at) : entryInSet(entries, at, key).key;
  }

  final @Nullable Object valueAt(Object key, int hash, int code) {
    @Nullable Object[] entries = entriesOf(hash, code);
    int at = code & PLACE;
    return (code & IN_SET) == 0 ? entries[at + 1] : entryInSet(entries, at, key).value;
  }

  // Storing, without looking at the guard

  /// Puts an entry into the first free place of a bucket that has one.
  final void place(int bucket, long word, long tag, Object key, @Nullable Object value) {
    int place = Tags.count(word);
    @Nullable Object[] entries = slots[bucket >>> CHUNK_SHIFT];
    int at = ((bucket & IN_CHUNK) << ENTRY_SHIFT) + (place << 1);
    entries[at] = key;
    entries[at + 1] = value;
    tags[bucket >>> CHUNK_SHIFT][bucket & IN_CHUNK] = Tags.add(word, place, tag);
  }

  /// The overflow of a chunk; made if there is none.
  final Overflow overflowFor(int chunk) {
    Overflow chains = overflow[chunk];
    if (chains == null) {
      chains = new Overflow(tags[chunk].length);
      setOverflow(chunk, chains);
      if (work != null) {
        work.allocatedBytes += Overflow.bytes(chains.buckets()) + 2L * tags[chunk].length;
      }
    }
    return chains;
  }

  final void setOverflow(int chunk, @Nullable Overflow chains) {
    overflow[chunk] = chains;
    if (nextDirectory != null) {
      nextDirectory.setOverflow(chunk, chains);
    }
  }

  /// Adds an entry at the end of a chain. If the bucket is full, its overflow has room.
  final void append(int bucket, long tag, Object key, @Nullable Object value) {
    long word = tags[bucket >>> CHUNK_SHIFT][bucket & IN_CHUNK];
    if (Tags.isFull(word)) {
      chains(bucket >>> CHUNK_SHIFT).append(bucket & IN_CHUNK, tag, key, value);
    } else {
      place(bucket, word, tag, key, value);
    }
  }

  /// Removes the entries of a chain.
  final void clearChain(int bucket) {
    int chunk = bucket >>> CHUNK_SHIFT;
    int inChunk = bucket & IN_CHUNK;
    int base = inChunk << ENTRY_SHIFT;
    Arrays.fill(slots[chunk], base, base + (Tags.PLACES << 1), null);
    tags[chunk][inChunk] = 0;
    Overflow chains = overflow[chunk];
    if (chains != null) {
      chains.clear(inChunk);
    }
  }

  /// Whether nothing has been allocated.
  final boolean hasNoStorage() {
    return tags == NO_TAGS;
  }

  /// Takes the storage of another table with the same hashes and the same keys.
  final void adopt(Table<?, ?> other) {
    tags = other.tags;
    slots = other.slots;
    overflow = other.overflow;
    nextDirectory = null;
    mask = other.mask;
    live = other.live;
    workAt = other.workAt;
  }

  /// Goes back to the beginning. Nothing may be in the map.
  final void dropStorage() {
    tags = NO_TAGS;
    slots = NO_SLOTS;
    overflow = NO_OVERFLOW;
    nextDirectory = null;
    mask = 0;
    live = 1;
    workAt = 0;
  }
}
