package dev.weft.collections;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// A slice as a list, over the same memory.
final class SliceList<T extends @Nullable Object> extends AbstractList<T> implements RandomAccess {

  private final Slice<T> slice;

  SliceList(Slice<T> slice) {
    this.slice = slice;
  }

  @Override
  public T get(int index) {
    return slice.get(index);
  }

  @Override
  public T set(int index, T element) {
    T before = slice.get(index);
    slice.set(index, element);
    return before;
  }

  @Override
  public int size() {
    return slice.len();
  }

  /// Goes through the elements that a slice had when it was asked for: Go's `range`.
  static final class Range<T extends @Nullable Object> implements Iterator<T> {

    private final Slice<T> slice;
    private int next;

    Range(Slice<T> slice) {
      this.slice = slice;
    }

    @Override
    public boolean hasNext() {
      return next < slice.len();
    }

    @Override
    public T next() {
      if (next >= slice.len()) {
        throw new NoSuchElementException("the slice has no more than " + next + " elements");
      }
      return slice.get(next++);
    }
  }
}
