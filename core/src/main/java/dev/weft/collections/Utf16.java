package dev.weft.collections;

import java.nio.charset.StandardCharsets;

/// The part of [Runes] that is about Strings.
final class Utf16 {

  private Utf16() {}

  /// The place of the first lone surrogate, or the end.
  static int skipValid(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (!Character.isSurrogate(text.charAt(at))) {
        at++;
      } else if (isLone(text, at)) {
        return at;
      } else {
        at += 2;
      }
    }
    return at;
  }

  /// The place behind some lone surrogates.
  static int skipBad(String text, int from) {
    int at = from;
    while (at < text.length() && isLone(text, at)) {
      at++;
    }
    return at;
  }

  private static boolean isLone(String text, int at) {
    return Utf8.isSurrogate(text.codePointAt(at));
  }

  /// Makes a String of UTF-8, with U+FFFD for each bad byte.
  static String string(byte[] a, int from, int end) {
    int bad = Utf8.skipValid(a, from, end);
    if (bad == end) {
      return new String(a, from, end - from, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(end - from);
    int at = from;
    while (at < end) {
      text.append(new String(a, at, bad - at, StandardCharsets.UTF_8));
      at = bad;
      while (at < end && Utf8.decode(a, at, end) == Utf8.BAD) {
        text.append((char) Runes.ERROR);
        at++;
      }
      bad = Utf8.skipValid(a, at, end);
    }
    return text.toString();
  }

  /// Compares by code points. Where two texts first differ, the order of `char`s is that of code
  /// points unless one of the two is a surrogate and the other is U+E000 or above.
  static int compare(String s, String t) {
    int common = Math.min(s.length(), t.length());
    for (int i = 0; i < common; i++) {
      char a = s.charAt(i);
      char b = t.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(s.length(), t.length());
  }

  /// Puts surrogates behind all other values.
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + (1 << Character.SIZE) : c;
  }
}
