package dev.weft.collections;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// UTF-8 in arrays of bytes, as Go reads it.
///
/// What is decoded is an `int`: the rune in the lower bits, how many bytes it took above them
/// ([#rune], [#width]). A byte that begins nothing valid is U+FFFD of width 1, and the next byte is
/// tried anew; Java's decoder would make one U+FFFD of several such bytes (RUNE-2). Valid is the
/// shortest form of what is neither a surrogate nor above U+10FFFF (RUNE-4 to 6).
///
/// Most text is ASCII, so that is passed over eight bytes at a time: a byte is ASCII if its highest
/// bit is 0, and the highest bits of eight bytes are one mask.
final class Utf8 {

  static final int WIDTH_SHIFT = 24;

  /// What is read where nothing is left.
  static final int NOTHING = Runes.ERROR;

  /// What is read where nothing valid begins.
  static final int BAD = 1 << WIDTH_SHIFT | Runes.ERROR;

  private static final int ONE = 1 << WIDTH_SHIFT;
  private static final int TWO = 2 << WIDTH_SHIFT;
  private static final int THREE = 3 << WIDTH_SHIFT;
  private static final int FOUR = 4 << WIDTH_SHIFT;

  private static final int FIRST_OF_TWO = 0xC2;
  private static final int FIRST_OF_THREE = 0xE0;
  private static final int FIRST_OF_FOUR = 0xF0;
  private static final int LAST_FIRST = 0xF4;

  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Utf8() {}

  static int rune(int decoded) {
    return decoded & (ONE - 1);
  }

  static int width(int decoded) {
    return decoded >>> WIDTH_SHIFT;
  }

  /// Reads the rune that begins at a place before an end.
  static int decode(byte[] a, int at, int end) {
    if (at >= end) {
      return NOTHING;
    }
    int first = a[at];
    return first >= 0 ? ONE | first : decodeLonger(a, at, end);
  }

  private static int decodeLonger(byte[] a, int at, int end) {
    int first = a[at] & 0xFF;
    if (first < FIRST_OF_THREE) {
      return decodeTwo(first, a, at, end);
    }
    if (first < FIRST_OF_FOUR) {
      return decodeThree(first, a, at, end);
    }
    return decodeFour(first, a, at, end);
  }

  private static int decodeTwo(int first, byte[] a, int at, int end) {
    if (first < FIRST_OF_TWO || end - at < 2 || isStart(a[at + 1])) {
      return BAD;
    }
    return TWO | (first & 0x1F) << 6 | (a[at + 1] & 0x3F);
  }

  private static int decodeThree(int first, byte[] a, int at, int end) {
    if (end - at < 3 || isStart(a[at + 1]) || isStart(a[at + 2])) {
      return BAD;
    }
    int rune = (first & 0xF) << 12 | (a[at + 1] & 0x3F) << 6 | (a[at + 2] & 0x3F);
    return rune < 0x800 || isSurrogate(rune) ? BAD : THREE | rune;
  }

  private static int decodeFour(int first, byte[] a, int at, int end) {
    if (first > LAST_FIRST
        || end - at < 4
        || isStart(a[at + 1])
        || isStart(a[at + 2])
        || isStart(a[at + 3])) {
      return BAD;
    }
    int rune =
        (first & 7) << 18 | (a[at + 1] & 0x3F) << 12 | (a[at + 2] & 0x3F) << 6 | (a[at + 3] & 0x3F);
    return rune < 0x1_0000 || rune > Runes.MAX ? BAD : FOUR | rune;
  }

  /// Reads the rune that ends before an end, and begins at or after a start. It looks at four bytes
  /// at most (RUNE-15).
  static int decodeLast(byte[] a, int start, int end) {
    if (start >= end) {
      return NOTHING;
    }
    int farthest = Math.max(start, end - Runes.MOST_BYTES);
    int at = end - 1;
    while (at > farthest && !isStart(a[at])) {
      at--;
    }
    int decoded = decode(a, at, end);
    return at + width(decoded) == end ? decoded : BAD;
  }

  /// Whether what begins at a place will not be read differently if more bytes come (RUNE-14).
  static boolean isFull(byte[] a, int at, int end) {
    if (at >= end) {
      return false;
    }
    int first = a[at] & 0xFF;
    int width = first < FIRST_OF_TWO || first > LAST_FIRST ? 1 : widthOf(first);
    for (int next = 1; next < width; next++) {
      if (at + next == end) {
        return false;
      }
      if (isStart(a[at + next]) || (next == 1 && isBadSecond(first, a[at + 1] & 0xFF))) {
        return true;
      }
    }
    return true;
  }

  private static int widthOf(int first) {
    if (first < FIRST_OF_THREE) {
      return 2;
    }
    return first < FIRST_OF_FOUR ? 3 : 4;
  }

  /// Whether the second byte alone makes it too long a form, a surrogate, or too large.
  private static boolean isBadSecond(int first, int second) {
    return switch (first) {
      case 0xE0 -> second < 0xA0;
      case 0xED -> second > 0x9F;
      case 0xF0 -> second < 0x90;
      case 0xF4 -> second > 0x8F;
      default -> false;
    };
  }

  /// Whether a byte is not one of those that follow a first one.
  static boolean isStart(byte b) {
    return (b & 0xC0) != 0x80;
  }

  static boolean isSurrogate(int rune) {
    return rune >= Character.MIN_SURROGATE && rune <= Character.MAX_SURROGATE;
  }

  /// The place of the first byte that is not ASCII, or the end.
  static int skipAscii(byte[] a, int from, int end) {
    int at = from;
    while (end - at >= 4 * Long.BYTES
        && ((word(a, at) | word(a, at + 8) | word(a, at + 16) | word(a, at + 24)) & HIGHEST_BITS)
            == 0) {
      at += 4 * Long.BYTES;
    }
    while (end - at >= Long.BYTES) {
      long mask = word(a, at) & HIGHEST_BITS;
      if (mask != 0) {
        return at + Long.numberOfTrailingZeros(mask) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < end && a[at] >= 0) {
      at++;
    }
    return at;
  }

  private static long word(byte[] a, int at) {
    return (long) WORD.get(a, at);
  }

  /// How many runes there are, bad bytes included.
  static int count(byte[] a, int from, int end) {
    int count = 0;
    int at = from;
    while (at < end) {
      int ascii = skipAscii(a, at, end);
      count += ascii - at;
      at = ascii;
      while (at < end && a[at] < 0) {
        at += width(decodeLonger(a, at, end));
        count++;
      }
    }
    return count;
  }

  /// The place of the first byte that begins nothing valid, or the end.
  static int skipValid(byte[] a, int from, int end) {
    int at = from;
    while (at < end) {
      at = skipAscii(a, at, end);
      while (at < end && a[at] < 0) {
        int decoded = decodeLonger(a, at, end);
        if (decoded == BAD) {
          return at;
        }
        at += width(decoded);
      }
    }
    return at;
  }

  /// The place of the first byte that begins something valid, or the end.
  static int skipBad(byte[] a, int from, int end) {
    int at = from;
    while (at < end && decode(a, at, end) == BAD) {
      at++;
    }
    return at;
  }

  /// How many bytes a rune takes; what is none takes as many as U+FFFD.
  static int widthToWrite(int rune) {
    if (rune < 0) {
      return 3;
    }
    if (rune < 0x80) {
      return 1;
    }
    if (rune < 0x800) {
      return 2;
    }
    return rune < 0x1_0000 || rune > Runes.MAX ? 3 : 4;
  }

  /// Writes a rune, or U+FFFD for what is none.
  ///
  /// @return the place behind it
  static int encode(int rune, byte[] a, int at) {
    int valid = Runes.isValid(rune) ? rune : Runes.ERROR;
    int width = widthToWrite(valid);
    switch (width) {
      case 1 -> a[at] = (byte) valid;
      case 2 -> a[at] = (byte) (0xC0 | valid >> 6);
      case 3 -> a[at] = (byte) (0xE0 | valid >> 12);
      default -> a[at] = (byte) (0xF0 | valid >> 18);
    }
    for (int next = 1; next < width; next++) {
      a[at + next] = (byte) (0x80 | ((valid >> (6 * (width - 1 - next))) & 0x3F));
    }
    return at + width;
  }
}
