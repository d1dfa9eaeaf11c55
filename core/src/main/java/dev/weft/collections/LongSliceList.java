package dev.weft.collections;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.RandomAccess;

/// A slice as a list of boxes, over the same memory.
final class LongSliceList extends AbstractList<Long> implements RandomAccess {

  private final LongSlice slice;

  LongSliceList(LongSlice slice) {
    this.slice = slice;
  }

  @Override
  public Long get(int index) {
    return slice.get(index);
  }

  @Override
  public Long set(int index, Long element) {
    Long before = slice.get(index);
    slice.set(index, element);
    return before;
  }

  @Override
  public int size() {
    return slice.len();
  }

  /// Goes through the elements that a slice had when it was asked for: Go's `range`.
  static final class Range implements Iterator<Long> {

    private final LongSlice slice;
    private int next;

    Range(LongSlice slice) {
      this.slice = slice;
    }

    @Override
    public boolean hasNext() {
      return next < slice.len();
    }

    @Override
    public Long next() {
      if (next >= slice.len()) {
        throw new NoSuchElementException("the slice has no more than " + next + " elements");
      }
      return slice.get(next++);
    }
  }
}
