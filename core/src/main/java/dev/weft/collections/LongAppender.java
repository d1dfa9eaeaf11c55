package dev.weft.collections;

/// Appends many elements to a slice, one by one: a variable of Go's that is appended to in a loop.
///
/// ```java
/// LongAppender a = new LongAppender(s);
/// while (input.hasNext()) {
///   a.append(input.next());
/// }
/// s = a.slice();
/// ```
///
/// `s = s.append(x)` makes a new header each time, which is garbage a moment later: in a loop the
/// JVM cannot do without it. An appender is one object, and where it does not leave the method it
/// is none at all. What it does to the memory is the same: it writes behind the last element while
/// there is room, over what other slices may have there, and moves when there is none.
///
/// For one thread at a time.
public final class LongAppender {

  // The elements are array[start .. end), the room goes up to limit.
  private long[] array;
  private int start;
  private int end;
  private int limit;

  /// Creates one that goes on where a slice ends.
  ///
  /// @param s the slice; the header stays as it is
  public LongAppender(LongSlice s) {
    array = s.array;
    start = s.offset;
    end = s.offset + s.len();
    limit = s.offset + s.cap();
  }

  /// Appends an element: `s = append(s, x)`.
  ///
  /// @param x the element
  /// @throws IllegalStateException if there were more than an array can hold
  public void append(long x) {
    if (end == limit) {
      makeRoom(1);
    }
    array[end++] = x;
  }

  /// Appends the elements of a slice: `s = append(s, t...)`. It may be one of the same memory.
  ///
  /// @param t the slice
  /// @throws IllegalStateException if there were more than an array can hold
  public void appendAll(LongSlice t) {
    int count = t.len();
    if (count > limit - end) {
      makeRoom(count);
    }
    System.arraycopy(t.array, t.offset, array, end, count);
    end += count;
  }

  /// By way of a header, which decides how much.
  private void makeRoom(int more) {
    LongSlice grown = slice().grow(more);
    array = grown.array;
    start = grown.offset;
    end = start + grown.len();
    limit = start + grown.cap();
  }

  /// {@return how many elements there are, those of the slice at the beginning included}
  public int len() {
    return end - start;
  }

  /// {@return the slice as it is now} Appending may go on; that writes behind the end of what has
  /// been returned, as `append` does.
  public LongSlice slice() {
    return new LongSlice(array, start, end - start, limit - start);
  }

  /// The elements as a list shows them.
  @Override
  public String toString() {
    return slice().toString();
  }
}
