package dev.weft.collections;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/// A part of an array that can grow: Go's `[]int64`.
///
/// A slice is a small immutable header: an array, where the part begins, how many elements it has
/// ([#len]) and how many it could have ([#cap]). Headers are cheap, and several of them share one
/// array: [#set] through one is seen through the others. [#append] returns a new header, so do as
/// in Go and keep it:
///
/// ```java
/// LongSlice s = LongSlice.nil();
/// for (long x : values) {
///   s = s.append(x);
/// }
/// ```
///
/// *Appending may write into the array that others see.* While there is room, up to the capacity,
/// [#append] writes behind the last element, where another slice may have something of its own. If
/// there is none it moves to a new array and leaves the old one as it was (SL-3). Give away
/// `s.clip()` or `s.slice(i, j, j)` to those who may append.
///
/// *A small slice keeps the whole array alive* (SL-25). [#clone] copies the elements out.
///
/// Slices have no equality but identity, as in Go, where they can be compared with nil only
/// (SL-27), and cannot be keys of an [IncrementalHashMap]; take [#contentEquals], or [#asList] as a
/// key. A slice may be read by several threads; the elements are plain memory, as in an array.
///
/// There is one class for each primitive type, and [Slice] for references. `docs/slices.md`
/// explains how they work.
public final class LongSlice implements Iterable<Long>, Unhashable {

  // By which array it is, a nil slice is told from an empty one; so a part of nil is nil.
  private static final long[] NIL_ARRAY = {};
  private static final long ZERO = 0;
  private static final LongSlice NIL = new LongSlice(NIL_ARRAY, 0, 0, 0);

  // 0 <= len <= cap, and offset + cap <= array.length.
  final long[] array;
  final int offset;
  private final int len;
  private final int cap;

  /// For appenders.
  LongSlice(long[] array, int offset, int len, int cap) {
    this.array = array;
    this.offset = offset;
    this.len = len;
    this.cap = cap;
  }

  /// {@return the nil slice: `var s []int64`} It has no elements and no room; everything works with
  /// it.
  public static LongSlice nil() {
    return NIL;
  }

  /// {@return a slice of a new array of zeros: `make([]int64, len)`}
  ///
  /// @param len how many elements
  /// @throws IllegalArgumentException if `len` is negative, or more than an array can hold
  public static LongSlice make(int len) {
    return make(len, len);
  }

  /// {@return a slice of a new array of zeros, with room for more: `make([]int64, len, cap)`}
  ///
  /// @param len how many elements
  /// @param cap how many it is to have room for
  /// @throws IllegalArgumentException if `len` is negative, `cap` is less than `len`, or an array
  ///   cannot hold so many (SL-15)
  public static LongSlice make(int len, int cap) {
    SliceGrowth.checkMake(len, cap);
    return new LongSlice(new long[cap], 0, len, cap);
  }

  /// {@return a slice of a new array with these elements: `[]int64{a, b, c}`}
  ///
  /// @param elements the elements, which are copied
  public static LongSlice of(long... elements) {
    return wrap(elements.clone());
  }

  /// {@return a slice of the whole of an array, without copying it: `array[:]`}
  ///
  /// @param array the array; writing to one writes to the other
  public static LongSlice wrap(long[] array) {
    return new LongSlice(array, 0, array.length, array.length);
  }

  /// Copies the elements of one slice over those of another, as many as both have: `copy(dst,
  /// src)`. They may overlap (SL-20).
  ///
  /// @param dst what is written to
  /// @param src what is read
  /// @return how many were copied
  public static int copy(LongSlice dst, LongSlice src) {
    int count = Math.min(dst.len, src.len);
    System.arraycopy(src.array, src.offset, dst.array, dst.offset, count);
    return count;
  }

  /// {@return how many elements it has: `len(s)`}
  public int len() {
    return len;
  }

  /// {@return how many elements it could have without moving to another array: `cap(s)`}
  public int cap() {
    return cap;
  }

  /// {@return whether it is the nil slice, or a part of it: `s == nil`}
  public boolean isNil() {
    return isPartOf(NIL_ARRAY);
  }

  @SuppressWarnings("ReferenceEquality") // whether it is the same memory
  private boolean isPartOf(long[] other) {
    return array == other;
  }

  /// {@return whether it has no elements: `len(s) == 0`}
  public boolean isEmpty() {
    return len == 0;
  }

  /// {@return an element: `s[i]`}
  ///
  /// @param i the index
  /// @throws IndexOutOfBoundsException if there is no such element, with Go's text
  public long get(int i) {
    if (i < 0 || i >= len) {
      throw SliceBounds.index(i, len);
    }
    return array[offset + i];
  }

  /// Sets an element: `s[i] = x`. All slices of the array see it.
  ///
  /// @param i the index
  /// @param x the element
  /// @throws IndexOutOfBoundsException if there is no such element, with Go's text
  public void set(int i, long x) {
    if (i < 0 || i >= len) {
      throw SliceBounds.index(i, len);
    }
    array[offset + i] = x;
  }

  /// {@return a slice with one more element: `append(s, x)`} Go on with the slice that it returns.
  ///
  /// @param x the element
  /// @throws IllegalStateException if there were more than an array can hold
  public LongSlice append(long x) {
    int end = len;
    if (end >= cap) {
      return appendWithoutRoom(x);
    }
    array[offset + end] = x;
    return new LongSlice(array, offset, end + 1, cap);
  }

  private LongSlice appendWithoutRoom(long x) {
    long[] larger = moved(1);
    larger[len] = x;
    return new LongSlice(larger, 0, len + 1, larger.length);
  }

  /// {@return a slice with several more elements: `append(s, x, y, z)`}
  ///
  /// @param x the element
  /// @param y the one after it
  /// @param more those after them
  /// @throws IllegalStateException if there were more than an array can hold
  public LongSlice append(long x, long y, long... more) {
    int count = SliceGrowth.sum(2, more.length);
    LongSlice roomy = grow(count);
    int end = roomy.offset + len;
    roomy.array[end] = x;
    roomy.array[end + 1] = y;
    System.arraycopy(more, 0, roomy.array, end + 2, more.length);
    return new LongSlice(roomy.array, roomy.offset, len + count, roomy.cap);
  }

  /// {@return a slice with the elements of another one behind its own: `append(s, t...)`} The two
  /// may overlap (SL-21).
  ///
  /// @param t the other slice
  /// @throws IllegalStateException if there were more than an array can hold
  public LongSlice appendAll(LongSlice t) {
    return appendAll(t.array, t.offset, t.len);
  }

  /// {@return a slice with the elements of an array behind its own: `append(s, array[:]...)`}
  ///
  /// @param elements the elements, which are copied
  /// @throws IllegalStateException if there were more than an array can hold
  public LongSlice appendAll(long[] elements) {
    return appendAll(elements, 0, elements.length);
  }

  private LongSlice appendAll(long[] from, int start, int count) {
    if (count == 0) {
      return this;
    }
    LongSlice roomy = grow(count);
    System.arraycopy(from, start, roomy.array, roomy.offset + len, count);
    return new LongSlice(roomy.array, roomy.offset, len + count, roomy.cap);
  }

  /// {@return a slice with the same elements that can take so many more without moving:
  /// `slices.Grow(s, more)`}
  ///
  /// @param more for how many more there is to be room
  /// @throws IllegalArgumentException if `more` is negative
  /// @throws IllegalStateException if there were more than an array can hold
  public LongSlice grow(int more) {
    SliceGrowth.checkGrow(more);
    if (more <= cap - len) {
      return this;
    }
    long[] larger = moved(more);
    return new LongSlice(larger, 0, len, larger.length);
  }

  /// The elements in a new array with room for more than there is here.
  private long[] moved(int more) {
    int needed = SliceGrowth.sum(len, more);
    long[] larger = new long[SliceGrowth.grown(cap, needed, Long.BYTES)];
    System.arraycopy(array, offset, larger, 0, len);
    return larger;
  }

  /// {@return the same elements without room for more: `slices.Clip(s)`} Who appends to it gets an
  /// array of his own.
  public LongSlice clip() {
    return len == cap ? this : new LongSlice(array, offset, len, len);
  }

  /// {@return the elements from an index on: `s[from:]`}
  ///
  /// @param from the index of the first
  /// @throws IndexOutOfBoundsException if `from` is not within 0 and the length, with Go's text
  public LongSlice slice(int from) {
    if (from < 0 || from > len) {
      throw SliceBounds.from(from, len);
    }
    return new LongSlice(array, offset + from, len - from, cap - from);
  }

  /// {@return the part between two indexes, of the same array: `s[from:to]`} `to` may be up to the
  /// *capacity*, which brings elements into sight that are behind the last (SL-16).
  ///
  /// @param from the index of the first
  /// @param to the index behind the last
  /// @throws IndexOutOfBoundsException unless 0 <= from <= to <= cap, with Go's text
  public LongSlice slice(int from, int to) {
    if (from < 0 || from > to || to > cap) {
      throw SliceBounds.ofTwo(from, to, cap);
    }
    return new LongSlice(array, offset + from, to - from, cap - from);
  }

  /// {@return the part between two indexes, with room up to a third one: `s[from:to:max]`} With
  /// `max` equal to `to`, appending to it cannot overwrite anything of this slice (SL-17).
  ///
  /// @param from the index of the first
  /// @param to the index behind the last
  /// @param max the index behind the room
  /// @throws IndexOutOfBoundsException unless 0 <= from <= to <= max <= cap, with Go's text
  public LongSlice slice(int from, int to, int max) {
    if (from < 0 || from > to || to > max || max > cap) {
      throw SliceBounds.ofThree(from, to, max, cap);
    }
    return new LongSlice(array, offset + from, to - from, max - from);
  }

  /// Sets all elements to zero: `clear(s)`. The length stays.
  public void clear() {
    clear(0, len);
  }

  private void clear(int from, int to) {
    Arrays.fill(array, offset + from, offset + to, ZERO);
  }

  /// {@return the elements in an array of their own: `slices.Clone(s)`} Of nil it is nil. This is
  /// how a small part of a large array lets go of the rest (SL-25).
  @Override
  public LongSlice clone() {
    return isNil() ? this : new LongSlice(new long[0], 0, 0, 0).appendAll(this);
  }

  /// {@return a slice with others put in at an index: `slices.Insert(s, i, t...)`} Without room it
  /// moves; else the elements behind the index move up within the array, where other slices see it.
  ///
  /// @param i the index that the first of them gets
  /// @param t what is put in
  /// @throws IndexOutOfBoundsException if `i` is not within 0 and the length, with Go's text
  /// @throws IllegalStateException if there were more than an array can hold
  public LongSlice insert(int i, LongSlice t) {
    if (i < 0 || i > len) {
      throw SliceBounds.from(i, len);
    }
    return replace(i, i, t);
  }

  /// {@return a slice without the elements between two indexes: `slices.Delete(s, from, to)`} Those
  /// behind move down within the array, and the places that become free at its end are set to zero
  /// (SL-26).
  ///
  /// @param from the index of the first
  /// @param to the index behind the last
  /// @throws IndexOutOfBoundsException unless 0 <= from <= to <= len, in the form of Go's texts
  public LongSlice delete(int from, int to) {
    return replace(from, to, NIL);
  }

  /// {@return a slice with others in place of the elements between two indexes: `slices.Replace(s,
  /// from, to, t...)`} It happens in place if there is room; places that become free at the end are
  /// set to zero (SL-26).
  ///
  /// @param from the index of the first
  /// @param to the index behind the last
  /// @param t what is put in
  /// @throws IndexOutOfBoundsException unless 0 <= from <= to <= len, in the form of Go's texts
  /// @throws IllegalStateException if there were more than an array can hold
  public LongSlice replace(int from, int to, LongSlice t) {
    if (from < 0 || from > to || to > len) {
      throw SliceBounds.ofRange(from, to, len);
    }
    int end = SliceGrowth.sum(len - (to - from), t.len);
    if (end > cap) {
      long[] larger = new long[SliceGrowth.grown(cap, end, Long.BYTES)];
      System.arraycopy(array, offset, larger, 0, from);
      System.arraycopy(t.array, t.offset, larger, from, t.len);
      System.arraycopy(array, offset + to, larger, from + t.len, len - to);
      return new LongSlice(larger, 0, end, larger.length);
    }
    // What is put in may lie in this array, and must be read before anything moves.
    LongSlice inserted = t.isPartOf(array) ? t.clone() : t;
    System.arraycopy(array, offset + to, array, offset + from + t.len, len - to);
    System.arraycopy(inserted.array, inserted.offset, array, offset + from, t.len);
    if (end < len) {
      clear(end, len);
    }
    return new LongSlice(array, offset, end, cap);
  }

  /// {@return a slice without the elements that equal the one before: `slices.Compact(s)`} It
  /// happens in place, and the places that become free at the end are set to zero (SL-26).
  public LongSlice compact() {
    if (len < 2) {
      return this;
    }
    int kept = 1;
    for (int i = 1; i < len; i++) {
      long x = array[offset + i];
      if (Long.compare(x, array[offset + kept - 1]) != 0) {
        array[offset + kept++] = x;
      }
    }
    clear(kept, len);
    return new LongSlice(array, offset, kept, cap);
  }

  /// Turns the order of the elements round, in place: `slices.Reverse(s)`.
  public void reverse() {
    for (int i = offset, j = offset + len - 1; i < j; i++, j--) {
      long x = array[i];
      array[i] = array[j];
      array[j] = x;
    }
  }

  /// Sorts the elements in place, in the order of [Long#compare]: `slices.Sort(s)`.
  public void sort() {
    Arrays.sort(array, offset, offset + len);
  }

  /// Looks for an element of a sorted slice: `slices.BinarySearch(s, x)`.
  ///
  /// @param x what to look for
  /// @return its index, or `-i - 1` if it is not there and `i` is where it would have to be
  ///   inserted, as [Arrays#binarySearch(long[], long)] says it
  public int binarySearch(long x) {
    int found = Arrays.binarySearch(array, offset, offset + len, x);
    return found >= 0 ? found - offset : found + offset;
  }

  /// {@return the index of the first such element, or -1: `slices.Index(s, x)`}
  ///
  /// @param x what to look for
  public int indexOf(long x) {
    for (int i = 0; i < len; i++) {
      if (Long.compare(array[offset + i], x) == 0) {
        return i;
      }
    }
    return -1;
  }

  /// {@return whether there is such an element: `slices.Contains(s, x)`}
  ///
  /// @param x what to look for
  public boolean contains(long x) {
    return indexOf(x) >= 0;
  }

  /// {@return whether another slice has equal elements in the same order: `slices.Equal(s, t)`}
  /// Elements are equal if their boxes are; nil and empty slices are equal to each other.
  ///
  /// @param t the other slice
  public boolean contentEquals(LongSlice t) {
    return Arrays.equals(array, offset, offset + len, t.array, t.offset, t.offset + t.len);
  }

  /// {@return the elements in an array of their own}
  public long[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + len);
  }

  /// {@return the first elements in an array of their own: `[N]int64(s)`}
  ///
  /// @param length how many
  /// @throws IndexOutOfBoundsException if the slice has less, with Go's text (SL-24)
  public long[] toArray(int length) {
    if (length < 0 || length > len) {
      throw SliceBounds.array(length, len);
    }
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /// {@return the slice as a list of boxes over the same memory: setting an element of one sets it
  /// in the other} The list has the slice's length for ever, and equals other lists by elements.
  public List<Long> asList() {
    return new LongSliceList(this);
  }

  /// {@return the elements as a stream} Types that have no stream of their own become `int` or
  /// `double`.
  public LongStream stream() {
    return SliceStreams.of(array, offset, offset + len);
  }

  /// {@return an iterator over the elements: `for _, x := range s`} What is appended meanwhile is
  /// in other slices and does not come; what is set does (SL-22).
  @Override
  public Iterator<Long> iterator() {
    return new LongSliceList.Range(this);
  }

  /// {@return the elements as a list shows them}
  @Override
  public String toString() {
    return asList().toString();
  }
}
