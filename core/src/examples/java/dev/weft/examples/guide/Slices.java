package dev.weft.examples.guide;

import dev.weft.collections.LongSlice;
import java.lang.ref.WeakReference;
import java.util.StringJoiner;

/// Chapter "Slices": growth, aliasing, the third index, and what a small slice keeps alive.
public final class Slices {

  private Slices() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) {
    header();
    growth();
    aliasing();
    thirdIndex();
    parameter();
    alive();
  }

  private static void header() {
    // snippet: header
    LongSlice whole = LongSlice.of(10, 11, 12, 13, 14, 15);
    LongSlice part = whole.slice(1, 4); // whole[1:4]
    part.set(0, 99);
    System.out.println("part " + part + ", len " + part.len() + ", cap " + part.cap());
    System.out.println("whole " + whole);
    // end
    Claim.that("one array", whole.get(1) == 99);
    Claim.that("up to the end of the array", part.slice(0, 5).get(4) == 15);
  }

  private static void growth() {
    // snippet: growth
    StringJoiner capacities = new StringJoiner(" ");
    LongSlice s = LongSlice.nil();
    for (int i = 0; i < 2_000; i++) {
      int before = s.cap();
      s = s.append(i);
      if (s.cap() != before) {
        capacities.add(String.valueOf(s.cap()));
      }
    }
    System.out.println("capacities " + capacities);
    System.out.println("five at once " + LongSlice.nil().append(1, 2, 3, 4, 5).cap());
    // end
    Claim.that("rounded up from 5", LongSlice.nil().append(1, 2, 3, 4, 5).cap() == 6);
  }

  private static void aliasing() {
    // snippet: aliasing
    LongSlice whole = LongSlice.of(1, 2, 3, 4);
    LongSlice part = whole.slice(0, 2);
    LongSlice longer = part.append(9); // there is room: it lands on the 3
    System.out.println("aliasing: " + whole + ", " + longer);
    // end
    Claim.that("the 3 is gone", whole.get(2) == 9);
  }

  private static void thirdIndex() {
    // snippet: third
    LongSlice whole = LongSlice.of(1, 2, 3, 4);
    LongSlice part = whole.slice(0, 2, 2); // whole[0:2:2], or whole.slice(0, 2).clip()
    LongSlice longer = part.append(9); // no room: it moves to an array of its own
    System.out.println("third index: " + whole + ", " + longer);
    // end
    Claim.that("the 3 is still there", whole.get(2) == 3);
  }

  // snippet: parameter
  private static void change(LongSlice numbers) {
    numbers.set(0, 7); // the caller sees it: the array is shared
    numbers = numbers.append(8); // the caller does not: the header is the method's own
    Claim.that("longer here", numbers.len() == 2);
  }

  private static void parameter() {
    LongSlice numbers = LongSlice.make(1, 10);
    change(numbers);
    System.out.println("after the call: " + numbers);
    System.out.println("behind its end: " + numbers.slice(0, 2)); // the 8 is there, out of sight
  }

  // end

  private static void alive() {
    // snippet: alive
    long[] megabytes = new long[1_000_000];
    WeakReference<long[]> array = new WeakReference<>(megabytes);
    LongSlice small = LongSlice.wrap(megabytes).slice(0, 2);
    megabytes = null;
    boolean kept = !collected(array);
    System.out.println("kept by " + small.len() + " elements: " + kept);

    small = small.clone(); // the cure: an array of its own
    kept = !collected(array);
    System.out.println("kept by the clone of " + small.len() + " elements: " + kept);
    // end
    Claim.that("it is gone", array.get() == null);
  }

  private static boolean collected(WeakReference<?> reference) {
    for (int i = 0; i < 5 && reference.get() != null; i++) {
      System.gc();
    }
    return reference.get() == null;
  }
}
