package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// Keys of good and of bad hash codes, each kind a sequence of different keys.
enum KeyKind {
  INTEGERS,
  STRINGS,
  NULL_TOO,
  HIGH_BITS_ONLY,
  FEW_HASHES,
  ONE_HASH,
  ONE_HASH_COMPARABLE,
  ONE_HASH_TIES,
  MIXED;

  /// The key with a number, an equal one each time but not the same.
  @Nullable Object key(int number) {
    return switch (this) {
      case INTEGERS -> number;
      case STRINGS -> "key " + number;
      case NULL_TOO -> number == 0 ? null : (Integer) number;
      case HIGH_BITS_ONLY -> number << 16;
      case FEW_HASHES -> new Named(number % 5, number);
      case ONE_HASH -> new Named(42, number);
      case ONE_HASH_COMPARABLE -> new Ranked(number, number);
      case ONE_HASH_TIES -> new Ranked(number / 3, number);
      case MIXED ->
          switch (number % 3) {
            case 0 -> new Ranked(number / 2, number);
            case 1 -> new Named(Ranked.HASH, number);
            default -> number;
          };
    };
  }

  /// Can only be asked whether it is equal.
  record Named(int hash, int number) {
    @Override
    public int hashCode() {
      return hash;
    }
  }

  /// All have one hash code, but an order.
  record Ranked(int rank, int number) implements Comparable<Ranked> {
    static final int HASH = 7;

    @Override
    public int compareTo(Ranked other) {
      return Integer.compare(rank, other.rank);
    }

    @Override
    public int hashCode() {
      return HASH;
    }
  }
}
