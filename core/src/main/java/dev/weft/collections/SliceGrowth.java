package dev.weft.collections;

/// How much room a slice gets: Go's rule since 1.18, to the element.
///
/// A slice that is too small doubles while it is small, and later grows by a quarter and 192
/// elements; in between the one becomes the other smoothly. If that is not enough for what is to be
/// appended, it gets what is needed. Then the size in bytes is rounded up to what Go's allocator
/// would hand out ([SizeClasses]). So appending one by one takes amortized constant time, and
/// leaves about a fifth of the room unused.
///
/// References count as eight bytes without pointers, though Go grows slices of pointers a little
/// differently; so a slice of references and one of `long` have the same capacities.
///
/// Go has no limit that a program meets. Java's arrays have one, so the last steps are shorter.
final class SliceGrowth {

  /// The longest array that every JVM can make.
  static final int MOST = Integer.MAX_VALUE - 8;

  /// What a reference counts for.
  static final int REFERENCE_BYTES = 8;

  private static final int THRESHOLD = 256;

  private SliceGrowth() {}

  /// The number of elements after some more are added.
  ///
  /// @throws IllegalStateException if no array can hold them
  static int sum(int len, long more) {
    long sum = len + more;
    if (sum > MOST) {
      throw new IllegalStateException(
          "growslice: len out of range: "
              + len
              + " + "
              + more
              + " elements; an array holds at most "
              + MOST);
    }
    return (int) sum;
  }

  /// The capacity after growing.
  ///
  /// @param capacity the capacity before
  /// @param needed how many elements there will be; more than `capacity`
  /// @param elementBytes the size of one
  static int grown(int capacity, int needed, int elementBytes) {
    return rounded(next(capacity, needed), elementBytes);
  }

  private static long next(long capacity, long needed) {
    if (needed > 2 * capacity) {
      return needed;
    }
    if (capacity < THRESHOLD) {
      return 2 * capacity;
    }
    long next = capacity;
    while (next < needed) {
      next += (next + 3 * THRESHOLD) >> 2;
    }
    return next;
  }

  /// The elements that fit into the block that Go would allocate for so many, within what an array
  /// can hold.
  static int rounded(long elements, int elementBytes) {
    long fitting = SizeClasses.roundUp(elements * elementBytes) / elementBytes;
    return (int) Math.min(fitting, MOST);
  }

  /// Checks what is given to `make`.
  ///
  /// @throws IllegalArgumentException if it makes no sense
  static void checkMake(int len, int cap) {
    if (len < 0 || len > MOST) {
      throw new IllegalArgumentException(
          "makeslice: len out of range: " + len + " is not within 0 and " + MOST);
    }
    if (cap < len || cap > MOST) {
      throw new IllegalArgumentException(
          "makeslice: cap out of range: " + cap + " is not within len " + len + " and " + MOST);
    }
  }

  /// Checks what is given to `grow`.
  ///
  /// @throws IllegalArgumentException if it is negative
  static void checkGrow(int more) {
    if (more < 0) {
      throw new IllegalArgumentException("cannot grow a slice by " + more + ", less than nothing");
    }
  }
}
