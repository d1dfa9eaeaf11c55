package dev.weft.collections;

/// A rune that was read, and how much was read for it: what Go's `utf8.DecodeRune` returns.
///
/// U+FFFD of width 1 is a bad byte, of width 3 one that was really there, and of width 0 it means
/// that there was nothing to read (RUNE-3).
///
/// @param value the code point
/// @param width how many bytes it took
public record Rune(int value, int width) {

  static Rune of(int decoded) {
    return new Rune(Utf8.rune(decoded), Utf8.width(decoded));
  }

  /// {@return whether a byte was read that begins nothing valid}
  public boolean isBad() {
    return width == 1 && value == Runes.ERROR;
  }
}
