package dev.weft.collections;

/// The tags of a bucket: a byte for each of its eight entries, in one word that is looked at as a
/// whole.
///
/// A tag is seven bits of the hash and a bit that is always set; 0 is a free place. The first entry
/// has the lowest byte. Buckets are dense, so the free places are the highest bytes, and a bucket
/// is full if and only if its word is negative.
final class Tags {

  /// Entries of a bucket.
  static final int PLACES = 8;

  private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = EVERY_BYTE << 7;
  private static final int TAG_SHIFT = Integer.SIZE - 7;
  private static final int USED = 0x80;

  private Tags() {}

  /// The tag of a hash. Its highest bits: the lowest ones choose the bucket.
  static long of(int hash) {
    return (Integer.toUnsignedLong(hash) >>> TAG_SHIFT) | USED;
  }

  /// The places that may hold the hash, as the high bits of their bytes. Every one that has its tag
  /// is there; one that has not may be there, too (the borrow of a subtraction), but never a free
  /// place: the byte that is mistaken differs from the tag in the lowest bit only.
  static long match(long word, int hash) {
    long difference = word ^ (of(hash) * EVERY_BYTE);
    return (difference - EVERY_BYTE) & ~difference & HIGH_BITS;
  }

  /// Where the first match keeps its key, counted in references from the start of the bucket.
  static int keyOffset(long match) {
    return (Long.numberOfTrailingZeros(match) >>> 2) & -2;
  }

  /// How many entries a dense bucket has.
  static int count(long word) {
    return (Long.SIZE + 7 - Long.numberOfLeadingZeros(word)) >>> 3;
  }

  static boolean isFull(long word) {
    return word < 0;
  }

  /// The tag at a place.
  static long at(long word, int place) {
    return (word >>> (place << 3)) & 0xFF;
  }

  /// The word with another tag at a free place.
  static long add(long word, int place, long tag) {
    return word | (tag << (place << 3));
  }

  /// The word with another tag at any place; 0 frees it.
  static long set(long word, int place, long tag) {
    return add(word & ~(0xFFL << (place << 3)), place, tag);
  }

  /// Whether all used places come before all free ones, and every tag has its bit.
  static boolean isDense(long word) {
    int count = count(word);
    for (int place = 0; place < count; place++) {
      if ((at(word, place) & USED) == 0) {
        return false;
      }
    }
    return true;
  }
}
