package dev.weft.collections;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// UTF-8 and code points as Go has them: the package `unicode/utf8`, and the conversions between
/// strings, bytes and runes.
///
/// A *rune* is a code point, an `int`. Text comes in three forms: a [ByteSlice] or a `byte[]`,
/// which hold UTF-8 like Go's strings, and a [String]. A String is UTF-16; its offsets and lengths
/// count `char`s, and a surrogate without its other half is to it what a bad byte is to UTF-8.
///
/// *Bad bytes* never throw. Each is read as one U+FFFD, [#ERROR], and the next byte is tried anew
/// (RUNE-2). Java's own decoder makes fewer of them: it takes the beginning of a rune that is cut
/// off for one. So use these methods where Java and Go must agree.
public final class Runes {

  /// What stands for everything that is not a rune, U+FFFD: `utf8.RuneError`.
  public static final int ERROR = 0xFFFD;

  /// The largest rune: `utf8.MaxRune`.
  public static final int MAX = 0x10_FFFF;

  /// The most bytes that a rune takes: `utf8.UTFMax`.
  public static final int MOST_BYTES = 4;

  private Runes() {}

  /// {@return whether a number is a rune, and can be written: `utf8.ValidRune(r)`} Surrogates are
  /// none.
  ///
  /// @param rune the code point
  public static boolean isValid(int rune) {
    return rune >= 0 && rune <= MAX && !Utf8.isSurrogate(rune);
  }

  /// {@return how many bytes a rune takes, -1 for what is none: `utf8.RuneLen(r)`}
  ///
  /// @param rune the code point
  public static int len(int rune) {
    return isValid(rune) ? Utf8.widthToWrite(rune) : -1;
  }

  /// {@return whether a byte can be the first of a rune, valid or not: `utf8.RuneStart(b)`}
  ///
  /// @param b the byte
  public static boolean isStart(byte b) {
    return Utf8.isStart(b);
  }

  /// {@return the first rune: `utf8.DecodeRune(p)`}
  ///
  /// @param text the text
  public static Rune decode(ByteSlice text) {
    return Rune.of(Utf8.decode(text.array, text.offset, end(text)));
  }

  /// {@return the first rune: `utf8.DecodeRune(p)`}
  ///
  /// @param text the text
  public static Rune decode(byte[] text) {
    return Rune.of(Utf8.decode(text, 0, text.length));
  }

  /// {@return the last rune: `utf8.DecodeLastRune(p)`}
  ///
  /// @param text the text
  public static Rune decodeLast(ByteSlice text) {
    return Rune.of(Utf8.decodeLast(text.array, text.offset, end(text)));
  }

  /// {@return the last rune: `utf8.DecodeLastRune(p)`}
  ///
  /// @param text the text
  public static Rune decodeLast(byte[] text) {
    return Rune.of(Utf8.decodeLast(text, 0, text.length));
  }

  /// {@return whether the text begins with a whole rune, or with what more bytes cannot make one:
  /// `utf8.FullRune(p)`}
  ///
  /// @param text the text
  public static boolean isFull(ByteSlice text) {
    return Utf8.isFull(text.array, text.offset, end(text));
  }

  /// {@return whether the text begins with a whole rune, or with what more bytes cannot make one:
  /// `utf8.FullRune(p)`}
  ///
  /// @param text the text
  public static boolean isFull(byte[] text) {
    return Utf8.isFull(text, 0, text.length);
  }

  /// {@return how many runes there are, each bad byte being one: `utf8.RuneCount(p)`}
  ///
  /// @param text the text
  public static int count(ByteSlice text) {
    return Utf8.count(text.array, text.offset, end(text));
  }

  /// {@return how many runes there are, each bad byte being one: `utf8.RuneCount(p)`}
  ///
  /// @param text the text
  public static int count(byte[] text) {
    return Utf8.count(text, 0, text.length);
  }

  /// {@return how many runes there are, each lone surrogate being one: `utf8.RuneCountInString(s)`}
  ///
  /// @param text the text
  public static int count(String text) {
    return text.codePointCount(0, text.length());
  }

  /// {@return whether there is no bad byte: `utf8.Valid(p)`}
  ///
  /// @param text the text
  public static boolean isValid(ByteSlice text) {
    return Utf8.skipValid(text.array, text.offset, end(text)) == end(text);
  }

  /// {@return whether there is no bad byte: `utf8.Valid(p)`}
  ///
  /// @param text the text
  public static boolean isValid(byte[] text) {
    return Utf8.skipValid(text, 0, text.length) == text.length;
  }

  /// {@return whether there is no lone surrogate: `utf8.ValidString(s)`}
  ///
  /// @param text the text
  public static boolean isValid(String text) {
    return Utf16.skipValid(text, 0) == text.length();
  }

  /// {@return a cursor over the runes and their offsets: `for offset, rune := range string(p)`}
  ///
  /// @param text the text
  public static RuneCursor range(ByteSlice text) {
    return new RuneCursor.OfBytes(text.array, text.offset, end(text));
  }

  /// {@return a cursor over the runes and their offsets: `for offset, rune := range string(p)`}
  ///
  /// @param text the text
  public static RuneCursor range(byte[] text) {
    return new RuneCursor.OfBytes(text, 0, text.length);
  }

  /// {@return a cursor over the runes and their offsets, counted in `char`s: `for offset, rune :=
  /// range s`}
  ///
  /// @param text the text
  public static RuneCursor range(String text) {
    return new RuneCursor.OfString(text);
  }

  /// {@return the runes, U+FFFD for each bad byte: `[]rune(string(p))`}
  ///
  /// @param text the text
  public static IntSlice runes(ByteSlice text) {
    return runes(range(text), count(text));
  }

  /// {@return the runes, U+FFFD for each bad byte: `[]rune(string(p))`}
  ///
  /// @param text the text
  public static IntSlice runes(byte[] text) {
    return runes(range(text), count(text));
  }

  /// {@return the runes, U+FFFD for each lone surrogate: `[]rune(s)`}
  ///
  /// @param text the text
  public static IntSlice runes(String text) {
    return runes(range(text), count(text));
  }

  private static IntSlice runes(RuneCursor text, int count) {
    int[] runes = new int[SliceGrowth.rounded(count, Integer.BYTES)];
    for (int i = 0; text.next(); i++) {
      runes[i] = text.rune();
    }
    return IntSlice.wrap(runes).slice(0, count);
  }

  /// {@return the text as a String, with U+FFFD for each bad byte: `string(p)`, which in Go would
  /// keep them}
  ///
  /// @param text the text
  public static String string(ByteSlice text) {
    return Utf16.string(text.array, text.offset, end(text));
  }

  /// {@return the text as a String, with U+FFFD for each bad byte: `string(p)`, which in Go would
  /// keep them}
  ///
  /// @param text the text
  public static String string(byte[] text) {
    return Utf16.string(text, 0, text.length);
  }

  /// {@return the runes as a String, with U+FFFD for what is none: `string(runes)`}
  ///
  /// @param runes the code points
  public static String string(IntSlice runes) {
    StringBuilder text = new StringBuilder(runes.len());
    for (int i = 0; i < runes.len(); i++) {
      text.appendCodePoint(orError(runes.get(i)));
    }
    return text.toString();
  }

  /// {@return the rune as a String, U+FFFD for what is none: `string(r)`}
  ///
  /// @param rune the code point
  public static String string(int rune) {
    return Character.toString(orError(rune));
  }

  /// {@return the text in UTF-8, with U+FFFD for each lone surrogate: `[]byte(s)`}
  ///
  /// @param text the text
  public static ByteSlice bytes(String text) {
    byte[] bytes = wellFormed(text).getBytes(StandardCharsets.UTF_8);
    byte[] roomy = Arrays.copyOf(bytes, SliceGrowth.rounded(bytes.length, Byte.BYTES));
    return ByteSlice.wrap(roomy).slice(0, bytes.length);
  }

  /// {@return the runes in UTF-8, with U+FFFD for what is none: `[]byte(string(runes))`}
  ///
  /// @param runes the code points
  public static ByteSlice bytes(IntSlice runes) {
    long width = 0;
    for (int i = 0; i < runes.len(); i++) {
      width += Utf8.widthToWrite(runes.get(i));
    }
    int len = SliceGrowth.sum(0, width);
    byte[] bytes = new byte[SliceGrowth.rounded(len, Byte.BYTES)];
    int at = 0;
    for (int i = 0; i < runes.len(); i++) {
      at = Utf8.encode(runes.get(i), bytes, at);
    }
    return ByteSlice.wrap(bytes).slice(0, len);
  }

  /// Writes a rune over the first bytes, U+FFFD for what is none: `utf8.EncodeRune(p, r)`.
  ///
  /// @param target the bytes
  /// @param rune the code point
  /// @return how many bytes it took
  /// @throws IndexOutOfBoundsException if there are less; nothing has been written then
  public static int encode(ByteSlice target, int rune) {
    int width = Utf8.widthToWrite(rune);
    if (width > target.len()) {
      throw SliceBounds.index(width - 1, target.len());
    }
    Utf8.encode(rune, target.array, target.offset);
    return width;
  }

  /// {@return a slice with the bytes of a rune behind its own, those of U+FFFD for what is none:
  /// `utf8.AppendRune(p, r)`}
  ///
  /// @param target the bytes
  /// @param rune the code point
  /// @throws IllegalStateException if there were more than an array can hold
  public static ByteSlice append(ByteSlice target, int rune) {
    if (rune >= 0 && rune < 0x80) {
      return target.append((byte) rune);
    }
    byte[] bytes = new byte[Utf8.widthToWrite(rune)];
    Utf8.encode(rune, bytes, 0);
    return target.appendAll(bytes);
  }

  /// {@return a slice with the bytes of a text behind its own: `append(p, s...)`}
  ///
  /// @param target the bytes
  /// @param text the text
  /// @throws IllegalStateException if there were more than an array can hold
  public static ByteSlice append(ByteSlice target, String text) {
    return target.appendAll(wellFormed(text).getBytes(StandardCharsets.UTF_8));
  }

  /// {@return a copy of the text with each *run* of bad bytes replaced: `bytes.ToValidUTF8(p,
  /// replacement)`}
  ///
  /// @param text the text
  /// @param replacement what stands for a run of bad ones
  public static ByteSlice toValid(ByteSlice text, ByteSlice replacement) {
    ByteSlice valid = ByteSlice.make(0, text.len());
    int end = end(text);
    int at = text.offset;
    while (at < end) {
      int bad = Utf8.skipValid(text.array, at, end);
      valid = valid.appendAll(text.slice(at - text.offset, bad - text.offset));
      at = Utf8.skipBad(text.array, bad, end);
      if (at > bad) {
        valid = valid.appendAll(replacement);
      }
    }
    return valid;
  }

  /// {@return the text with each *run* of lone surrogates replaced: `strings.ToValidUTF8(s,
  /// replacement)`}
  ///
  /// @param text the text
  /// @param replacement what stands for a run of bad ones
  public static String toValid(String text, String replacement) {
    int bad = Utf16.skipValid(text, 0);
    if (bad == text.length()) {
      return text;
    }
    StringBuilder valid = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      valid.append(text, at, bad);
      at = Utf16.skipBad(text, bad);
      if (at > bad) {
        valid.append(replacement);
      }
      bad = Utf16.skipValid(text, at);
    }
    return valid.toString();
  }

  /// Compares byte by byte, which is the order of the runes: `bytes.Compare(p, q)`.
  ///
  /// @param p one text
  /// @param q the other
  /// @return less than 0, 0, or more than 0
  public static int compare(ByteSlice p, ByteSlice q) {
    return Arrays.compareUnsigned(p.array, p.offset, end(p), q.array, q.offset, end(q));
  }

  /// Compares rune by rune: `strings.Compare(s, t)`. [String#compareTo] differs: to it, a rune
  /// above U+FFFF comes before U+E000 (RUNE-19).
  ///
  /// @param s one text
  /// @param t the other
  /// @return less than 0, 0, or more than 0
  public static int compare(String s, String t) {
    return Utf16.compare(s, t);
  }

  private static int end(ByteSlice text) {
    return text.offset + text.len();
  }

  private static int orError(int rune) {
    return isValid(rune) ? rune : ERROR;
  }

  /// The text with each lone surrogate replaced: `getBytes` would make a question mark of it.
  private static String wellFormed(String text) {
    return isValid(text) ? text : string(runes(text));
  }
}
