package dev.weft.collections;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A part of an array that can grow: Go's `[]T`. For primitive types there are [LongSlice] and its
/// relatives.
///
/// A slice is a small immutable header: an array, where the part begins, how many elements it has
/// ([#len]) and how many it could have ([#cap]). Headers are cheap, and several of them share one
/// array: [#set] through one is seen through the others. [#append] returns a new header, so do as
/// in Go and keep it:
///
/// ```java
/// Slice<String> s = Slice.nil();
/// for (String x : values) {
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
/// Elements may be null, and are where nothing has been set yet: null is the zero value of
/// references, and `make(n)` has nulls whatever `T` is. It grows like a slice of `long`, Go's
/// slices of pointers a little differently (SL-11). `docs/slices.md` explains how slices work.
///
/// @param <T> the type of the elements; may be null
public final class Slice<T extends @Nullable Object> implements Iterable<T>, Unhashable {

  // By which array it is, a nil slice is told from an empty one; so a part of nil is nil.
  private static final @Nullable Object[] NIL_ARRAY = {};
  private static final Slice<?> NIL = new Slice<>(NIL_ARRAY, 0, 0, 0);

  // 0 <= len <= cap, and offset + cap <= array.length.
  final @Nullable Object[] array;
  final int offset;
  private final int len;
  private final int cap;

  /// For appenders.
  Slice(@Nullable Object[] array, int offset, int len, int cap) {
    this.array = array;
    this.offset = offset;
    this.len = len;
    this.cap = cap;
  }

  /// {@return the nil slice: `var s []T`} It has no elements and no room; everything works with it.
  ///
  /// @param <T> the type of the elements
  public static <T extends @Nullable Object> Slice<T> nil() {
    @SuppressWarnings("unchecked") // it has no elements, and never will
    Slice<T> nil = (Slice<T>) NIL;
    return nil;
  }

  /// {@return a slice of a new array of nulls: `make([]T, len)`}
  ///
  /// @param <T> the type of the elements
  /// @param len how many elements
  /// @throws IllegalArgumentException if `len` is negative, or more than an array can hold
  public static <T extends @Nullable Object> Slice<T> make(int len) {
    return make(len, len);
  }

  /// {@return a slice of a new array of nulls, with room for more: `make([]T, len, cap)`}
  ///
  /// @param <T> the type of the elements
  /// @param len how many elements
  /// @param cap how many it is to have room for
  /// @throws IllegalArgumentException if `len` is negative, `cap` is less than `len`, or an array
  ///   cannot hold so many (SL-15)
  public static <T extends @Nullable Object> Slice<T> make(int len, int cap) {
    SliceGrowth.checkMake(len, cap);
    return new Slice<>(new @Nullable Object[cap], 0, len, cap);
  }

  /// {@return a slice of a new array with these elements: `[]T{a, b, c}`}
  ///
  /// @param <T> the type of the elements
  /// @param elements the elements, which are copied
  @SafeVarargs
  @SuppressWarnings("varargs") // copied into an array of objects
  public static <T extends @Nullable Object> Slice<T> of(T... elements) {
    return ofObjects(Arrays.copyOf(elements, elements.length, Object[].class));
  }

  /// {@return a slice of a new array with the elements of a collection, in the order of its
  /// iterator}
  ///
  /// @param <T> the type of the elements
  /// @param elements the elements, which are copied
  public static <T extends @Nullable Object> Slice<T> copyOf(Collection<? extends T> elements) {
    @Nullable Object[] copy = elements.toArray();
    return ofObjects(Arrays.copyOf(copy, copy.length, Object[].class)); // nobody else may have it
  }

  /// {@return a slice of the whole of an array, without copying it: `array[:]`} If the array is of
  /// a subtype of `T`, it refuses elements of other types: [ArrayStoreException].
  ///
  /// @param <T> the type of the elements
  /// @param array the array; writing to one writes to the other
  public static <T extends @Nullable Object> Slice<T> wrap(T[] array) {
    return ofObjects(array);
  }

  private static <T extends @Nullable Object> Slice<T> ofObjects(@Nullable Object[] array) {
    return new Slice<>(array, 0, array.length, array.length);
  }

  /// Copies the elements of one slice over those of another, as many as both have: `copy(dst,
  /// src)`. They may overlap (SL-20).
  ///
  /// @param <T> the type of the elements
  /// @param dst what is written to
  /// @param src what is read
  /// @return how many were copied
  public static <T extends @Nullable Object> int copy(
      Slice<? super T> dst, Slice<? extends T> src) {
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
  private boolean isPartOf(@Nullable Object[] other) {
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
  public T get(int i) {
    if (i < 0 || i >= len) {
      throw SliceBounds.index(i, len);
    }
    return element(offset + i);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // nothing else is put in
  private T element(int index) {
    return (T) array[index];
  }

  /// Sets an element: `s[i] = x`. All slices of the array see it.
  ///
  /// @param i the index
  /// @param x the element
  /// @throws IndexOutOfBoundsException if there is no such element, with Go's text
  public void set(int i, T x) {
    if (i < 0 || i >= len) {
      throw SliceBounds.index(i, len);
    }
    array[offset + i] = x;
  }

  /// {@return a slice with one more element: `append(s, x)`} Go on with the slice that it returns.
  ///
  /// @param x the element
  /// @throws IllegalStateException if there were more than an array can hold
  public Slice<T> append(T x) {
    int end = len;
    if (end >= cap) {
      return appendWithoutRoom(x);
    }
    array[offset + end] = x;
    return new Slice<>(array, offset, end + 1, cap);
  }

  private Slice<T> appendWithoutRoom(T x) {
    @Nullable Object[] larger = moved(1);
    larger[len] = x;
    return new Slice<>(larger, 0, len + 1, larger.length);
  }

  /// {@return a slice with several more elements: `append(s, x, y, z)`}
  ///
  /// @param x the element
  /// @param y the one after it
  /// @param more those after them
  /// @throws IllegalStateException if there were more than an array can hold
  @SafeVarargs
  @SuppressWarnings("varargs") // copied into an array of objects
  public final Slice<T> append(T x, T y, T... more) {
    int count = SliceGrowth.sum(2, more.length);
    Slice<T> roomy = grow(count);
    int end = roomy.offset + len;
    roomy.array[end] = x;
    roomy.array[end + 1] = y;
    System.arraycopy(more, 0, roomy.array, end + 2, more.length);
    return new Slice<>(roomy.array, roomy.offset, len + count, roomy.cap);
  }

  /// {@return a slice with the elements of another one behind its own: `append(s, t...)`} The two
  /// may overlap (SL-21).
  ///
  /// @param t the other slice
  /// @throws IllegalStateException if there were more than an array can hold
  public Slice<T> appendAll(Slice<? extends T> t) {
    return appendAll(t.array, t.offset, t.len);
  }

  /// {@return a slice with the elements of an array behind its own: `append(s, array[:]...)`}
  ///
  /// @param elements the elements, which are copied
  /// @throws IllegalStateException if there were more than an array can hold
  public Slice<T> appendAll(T[] elements) {
    return appendAll(elements, 0, elements.length);
  }

  /// {@return a slice with the elements of a collection behind its own, in the order of its
  /// iterator}
  ///
  /// @param elements the elements, which are copied
  /// @throws IllegalStateException if there were more than an array can hold
  public Slice<T> appendAll(Collection<? extends T> elements) {
    @Nullable Object[] copy = elements.toArray();
    return appendAll(copy, 0, copy.length);
  }

  private Slice<T> appendAll(@Nullable Object[] from, int start, int count) {
    if (count == 0) {
      return this;
    }
    Slice<T> roomy = grow(count);
    System.arraycopy(from, start, roomy.array, roomy.offset + len, count);
    return new Slice<>(roomy.array, roomy.offset, len + count, roomy.cap);
  }

  /// {@return a slice with the same elements that can take so many more without moving:
  /// `slices.Grow(s, more)`}
  ///
  /// @param more for how many more there is to be room
  /// @throws IllegalArgumentException if `more` is negative
  /// @throws IllegalStateException if there were more than an array can hold
  public Slice<T> grow(int more) {
    SliceGrowth.checkGrow(more);
    if (more <= cap - len) {
      return this;
    }
    @Nullable Object[] larger = moved(more);
    return new Slice<>(larger, 0, len, larger.length);
  }

  /// The elements in a new array with room for more than there is here.
  private @Nullable Object[] moved(int more) {
    int needed = SliceGrowth.sum(len, more);
    @Nullable Object[] larger =
        new @Nullable Object[SliceGrowth.grown(cap, needed, SliceGrowth.REFERENCE_BYTES)];
    System.arraycopy(array, offset, larger, 0, len);
    return larger;
  }

  /// {@return the same elements without room for more: `slices.Clip(s)`} Who appends to it gets an
  /// array of his own.
  public Slice<T> clip() {
    return len == cap ? this : new Slice<>(array, offset, len, len);
  }

  /// {@return the elements from an index on: `s[from:]`}
  ///
  /// @param from the index of the first
  /// @throws IndexOutOfBoundsException if `from` is not within 0 and the length, with Go's text
  public Slice<T> slice(int from) {
    if (from < 0 || from > len) {
      throw SliceBounds.from(from, len);
    }
    return new Slice<>(array, offset + from, len - from, cap - from);
  }

  /// {@return the part between two indexes, of the same array: `s[from:to]`} `to` may be up to the
  /// *capacity*, which brings elements into sight that are behind the last (SL-16).
  ///
  /// @param from the index of the first
  /// @param to the index behind the last
  /// @throws IndexOutOfBoundsException unless 0 <= from <= to <= cap, with Go's text
  public Slice<T> slice(int from, int to) {
    if (from < 0 || from > to || to > cap) {
      throw SliceBounds.ofTwo(from, to, cap);
    }
    return new Slice<>(array, offset + from, to - from, cap - from);
  }

  /// {@return the part between two indexes, with room up to a third one: `s[from:to:max]`} With
  /// `max` equal to `to`, appending to it cannot overwrite anything of this slice (SL-17).
  ///
  /// @param from the index of the first
  /// @param to the index behind the last
  /// @param max the index behind the room
  /// @throws IndexOutOfBoundsException unless 0 <= from <= to <= max <= cap, with Go's text
  public Slice<T> slice(int from, int to, int max) {
    if (from < 0 || from > to || to > max || max > cap) {
      throw SliceBounds.ofThree(from, to, max, cap);
    }
    return new Slice<>(array, offset + from, to - from, max - from);
  }

  /// Sets all elements to null: `clear(s)`. The length stays.
  public void clear() {
    clear(0, len);
  }

  private void clear(int from, int to) {
    Arrays.fill(array, offset + from, offset + to, null);
  }

  /// {@return the elements in an array of their own: `slices.Clone(s)`} Of nil it is nil. This is
  /// how a small part of a large array lets go of the rest (SL-25).
  @Override
  public Slice<T> clone() {
    Slice<T> empty = new Slice<>(new @Nullable Object[0], 0, 0, 0);
    return isNil() ? this : empty.appendAll(this);
  }

  /// {@return a slice with others put in at an index: `slices.Insert(s, i, t...)`} Without room it
  /// moves; else the elements behind the index move up within the array, where other slices see it.
  ///
  /// @param i the index that the first of them gets
  /// @param t what is put in
  /// @throws IndexOutOfBoundsException if `i` is not within 0 and the length, with Go's text
  /// @throws IllegalStateException if there were more than an array can hold
  public Slice<T> insert(int i, Slice<? extends T> t) {
    if (i < 0 || i > len) {
      throw SliceBounds.from(i, len);
    }
    return replace(i, i, t);
  }

  /// {@return a slice without the elements between two indexes: `slices.Delete(s, from, to)`} Those
  /// behind move down within the array, and the places that become free at its end are set to null
  /// (SL-26).
  ///
  /// @param from the index of the first
  /// @param to the index behind the last
  /// @throws IndexOutOfBoundsException unless 0 <= from <= to <= len, in the form of Go's texts
  public Slice<T> delete(int from, int to) {
    return replace(from, to, nil());
  }

  /// {@return a slice with others in place of the elements between two indexes: `slices.Replace(s,
  /// from, to, t...)`} It happens in place if there is room; places that become free at the end are
  /// set to null (SL-26).
  ///
  /// @param from the index of the first
  /// @param to the index behind the last
  /// @param t what is put in
  /// @throws IndexOutOfBoundsException unless 0 <= from <= to <= len, in the form of Go's texts
  /// @throws IllegalStateException if there were more than an array can hold
  public Slice<T> replace(int from, int to, Slice<? extends T> t) {
    if (from < 0 || from > to || to > len) {
      throw SliceBounds.ofRange(from, to, len);
    }
    int end = SliceGrowth.sum(len - (to - from), t.len);
    if (end > cap) {
      @Nullable Object[] larger =
          new @Nullable Object[SliceGrowth.grown(cap, end, SliceGrowth.REFERENCE_BYTES)];
      System.arraycopy(array, offset, larger, 0, from);
      System.arraycopy(t.array, t.offset, larger, from, t.len);
      System.arraycopy(array, offset + to, larger, from + t.len, len - to);
      return new Slice<>(larger, 0, end, larger.length);
    }
    // What is put in may lie in this array, and must be read before anything moves.
    Slice<? extends T> inserted = t.isPartOf(array) ? t.clone() : t;
    System.arraycopy(array, offset + to, array, offset + from + t.len, len - to);
    System.arraycopy(inserted.array, inserted.offset, array, offset + from, t.len);
    if (end < len) {
      clear(end, len);
    }
    return new Slice<>(array, offset, end, cap);
  }

  /// {@return a slice without the elements that equal the one before: `slices.Compact(s)`} It
  /// happens in place, and the places that become free at the end are set to null (SL-26).
  public Slice<T> compact() {
    if (len < 2) {
      return this;
    }
    int kept = 1;
    for (int i = 1; i < len; i++) {
      @Nullable Object x = array[offset + i];
      if (!Objects.equals(x, array[offset + kept - 1])) {
        array[offset + kept++] = x;
      }
    }
    clear(kept, len);
    return new Slice<>(array, offset, kept, cap);
  }

  /// Turns the order of the elements round, in place: `slices.Reverse(s)`.
  public void reverse() {
    for (int i = offset, j = offset + len - 1; i < j; i++, j--) {
      @Nullable Object x = array[i];
      array[i] = array[j];
      array[j] = x;
    }
  }

  /// Sorts the elements in place: `slices.SortStableFunc(s, order)`. Equal ones keep their order.
  ///
  /// @param order how they compare, or null for their natural order
  public void sort(@Nullable Comparator<? super T> order) {
    asList().sort(order);
  }

  /// Looks for an element of a slice that is sorted in that order: `slices.BinarySearchFunc(s, x,
  /// order)`.
  ///
  /// @param x what to look for
  /// @param order the order that it is sorted in
  /// @return its index, or `-i - 1` if it is not there and `i` is where it would have to be
  ///   inserted, as [Collections#binarySearch] says it
  public int binarySearch(T x, Comparator<? super T> order) {
    return Collections.binarySearch(asList(), x, order);
  }

  /// {@return the index of the first such element, or -1: `slices.Index(s, x)`}
  ///
  /// @param x what to look for, by `equals`
  public int indexOf(@Nullable Object x) {
    for (int i = 0; i < len; i++) {
      if (Objects.equals(array[offset + i], x)) {
        return i;
      }
    }
    return -1;
  }

  /// {@return whether there is such an element: `slices.Contains(s, x)`}
  ///
  /// @param x what to look for, by `equals`
  public boolean contains(@Nullable Object x) {
    return indexOf(x) >= 0;
  }

  /// {@return whether another slice has equal elements in the same order: `slices.Equal(s, t)`}
  /// Elements are compared by `equals`; nil and empty slices are equal to each other.
  ///
  /// @param t the other slice
  public boolean contentEquals(Slice<?> t) {
    return Arrays.equals(array, offset, offset + len, t.array, t.offset, t.offset + t.len);
  }

  /// {@return the elements in an array of their own}
  ///
  /// @param <A> the type of the array's elements
  /// @param make makes the array, as `String[]::new`
  /// @throws ArrayStoreException if an element does not fit into it
  public <A extends @Nullable Object> A[] toArray(IntFunction<A[]> make) {
    return toArray(len, make);
  }

  /// {@return the first elements in an array of their own: `[N]T(s)`}
  ///
  /// @param <A> the type of the array's elements
  /// @param length how many
  /// @param make makes the array, as `String[]::new`
  /// @throws IndexOutOfBoundsException if the slice has less, with Go's text (SL-24)
  /// @throws ArrayStoreException if an element does not fit into the array
  public <A extends @Nullable Object> A[] toArray(int length, IntFunction<A[]> make) {
    if (length < 0 || length > len) {
      throw SliceBounds.array(length, len);
    }
    A[] copy = make.apply(length);
    System.arraycopy(array, offset, copy, 0, length);
    return copy;
  }

  /// {@return the slice as a list over the same memory: setting an element of one sets it in the
  /// other} The list has the slice's length for ever, and equals other lists by elements.
  public List<T> asList() {
    return new SliceList<>(this);
  }

  /// {@return the elements as a stream}
  public Stream<T> stream() {
    return asList().stream();
  }

  /// {@return an iterator over the elements: `for _, x := range s`} What is appended meanwhile is
  /// in other slices and does not come; what is set does (SL-22).
  @Override
  public Iterator<T> iterator() {
    return new SliceList.Range<>(this);
  }

  /// {@return the elements as a list shows them}
  @Override
  public String toString() {
    return asList().toString();
  }
}
