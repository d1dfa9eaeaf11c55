package dev.weft.collections;

/// What is wrong with an index or with the bounds of a slice expression, in Go's words.
///
/// Which of several wrong bounds is named, and beside what, is Go's order too: from the right to
/// the left. A negative value is named alone.
final class SliceBounds {

  private static final String BOUNDS = "slice bounds out of range ";

  private SliceBounds() {}

  /// For `s[index]`.
  static IndexOutOfBoundsException index(int index, int len) {
    String with = index < 0 ? "" : " with length " + len;
    return new IndexOutOfBoundsException("index out of range [" + index + "]" + with);
  }

  /// For `s[from:]`.
  static IndexOutOfBoundsException from(int from, int len) {
    return bounds(from < 0 ? "[" + from + ":]" : "[" + from + ":" + len + "]");
  }

  /// For `s[from:to]` where `to` may be up to the capacity.
  static IndexOutOfBoundsException ofTwo(int from, int to, int cap) {
    return two(from, to, cap, "capacity");
  }

  /// For ranges of what is there already, where `to` may be up to the length. Go's `slices.Delete`
  /// and `Replace` name an expression inside of them, `[:4:3]` or `[4:3]`; these are the words that
  /// Go has for strings, which say more.
  static IndexOutOfBoundsException ofRange(int from, int to, int len) {
    return two(from, to, len, "length");
  }

  private static IndexOutOfBoundsException two(int from, int to, int limit, String limitName) {
    if (to < 0) {
      return bounds("[:" + to + "]");
    }
    if (to > limit) {
      return bounds("[:" + to + "] with " + limitName + " " + limit);
    }
    return bounds(from < 0 ? "[" + from + ":]" : "[" + from + ":" + to + "]");
  }

  /// For `s[from:to:max]`.
  static IndexOutOfBoundsException ofThree(int from, int to, int max, int cap) {
    if (max < 0) {
      return bounds("[::" + max + "]");
    }
    if (max > cap) {
      return bounds("[::" + max + "] with capacity " + cap);
    }
    if (to < 0) {
      return bounds("[:" + to + ":]");
    }
    if (to > max) {
      return bounds("[:" + to + ":" + max + "]");
    }
    return bounds(from < 0 ? "[" + from + "::]" : "[" + from + ":" + to + ":]");
  }

  /// For the conversion into an array that is longer than the slice.
  static IndexOutOfBoundsException array(int length, int len) {
    return new IndexOutOfBoundsException(
        "cannot convert slice with length "
            + len
            + " to array or pointer to array with length "
            + length);
  }

  private static IndexOutOfBoundsException bounds(String expression) {
    return new IndexOutOfBoundsException(BOUNDS + expression);
  }
}
