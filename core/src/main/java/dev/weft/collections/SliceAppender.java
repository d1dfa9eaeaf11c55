package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// Appends many elements to a slice of references, one by one: what [LongAppender] is for `long`.
///
/// For one thread at a time.
///
/// @param <T> the type of the elements; may be null
public final class SliceAppender<T extends @Nullable Object> {

  // The elements are array[start .. end), the room goes up to limit.
  private @Nullable Object[] array;
  private int start;
  private int end;
  private int limit;

  /// Creates one that goes on where a slice ends.
  ///
  /// @param s the slice; the header stays as it is
  public SliceAppender(Slice<T> s) {
    array = s.array;
    start = s.offset;
    end = s.offset + s.len();
    limit = s.offset + s.cap();
  }

  /// Appends an element: `s = append(s, x)`.
  ///
  /// @param x the element
  /// @throws IllegalStateException if there were more than an array can hold
  public void append(T x) {
    if (end == limit) {
      makeRoom(1);
    }
    array[end++] = x;
  }

  /// Appends the elements of a slice: `s = append(s, t...)`. It may be one of the same memory.
  ///
  /// @param t the slice
  /// @throws IllegalStateException if there were more than an array can hold
  public void appendAll(Slice<? extends T> t) {
    int count = t.len();
    if (count > limit - end) {
      makeRoom(count);
    }
    System.arraycopy(t.array, t.offset, array, end, count);
    end += count;
  }

  /// By way of a header, which decides how much.
  private void makeRoom(int more) {
    Slice<T> grown = slice().grow(more);
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
  public Slice<T> slice() {
    return new Slice<>(array, start, end - start, limit - start);
  }

  /// The elements as a list shows them.
  @Override
  public String toString() {
    return slice().toString();
  }
}
