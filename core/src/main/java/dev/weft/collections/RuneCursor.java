package dev.weft.collections;

/// Goes through the runes of a text: Go's `for offset, rune := range text`.
///
/// ```java
/// RuneCursor c = Runes.range(text);
/// while (c.next()) {
///   use(c.offset(), c.rune());
/// }
/// ```
///
/// It makes no object for a rune. A cursor is for one thread.
public abstract sealed class RuneCursor permits RuneCursor.OfBytes, RuneCursor.OfString {

  private int offset;
  private int rune;
  private int width;

  private RuneCursor() {}

  /// Goes on to the next rune, at first to the first.
  ///
  /// @return whether there is one
  public abstract boolean next();

  /// {@return where the rune begins: at which byte, or in a String at which `char`} 0 before the
  /// first.
  public int offset() {
    return offset;
  }

  /// {@return the code point, U+FFFD for a bad byte or a surrogate without its other half} 0 before
  /// the first.
  public int rune() {
    return rune;
  }

  /// {@return how many bytes, or in a String how many `char`s, it takes} 0 before the first.
  public int width() {
    return width;
  }

  final int end() {
    return offset + width;
  }

  final void set(int nextRune, int nextWidth) {
    offset += width;
    rune = nextRune;
    width = nextWidth;
  }

  static final class OfBytes extends RuneCursor {

    private final byte[] bytes;
    private final int from;
    private final int to;

    OfBytes(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }

    @Override
    public boolean next() {
      int decoded = Utf8.decode(bytes, from + end(), to);
      if (decoded == Utf8.NOTHING) {
        return false;
      }
      set(Utf8.rune(decoded), Utf8.width(decoded));
      return true;
    }
  }

  static final class OfString extends RuneCursor {

    private final String text;

    OfString(String text) {
      this.text = text;
    }

    @Override
    public boolean next() {
      int at = end();
      if (at == text.length()) {
        return false;
      }
      int point = text.codePointAt(at);
      set(Utf8.isSurrogate(point) ? Runes.ERROR : point, Character.charCount(point));
      return true;
    }
  }
}
