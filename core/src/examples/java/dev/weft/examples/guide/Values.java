package dev.weft.examples.guide;

import dev.weft.collections.LongSlice;
import dev.weft.collections.Slice;
import java.util.Arrays;
import java.util.List;

/// Chapter "Arrays, values and references": what an assignment copies, and what a call passes.
public final class Values {

  private Values() {}

  // snippet: types
  /// A value: two of the same content are the same point.
  record Point(int x, int y) {}

  /// A thing with a state of its own.
  static final class Counter {
    private int count;
  }

  // end

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) {
    assignment();
    passing();
    arraysOfReferences();
    equality();
    conversion();
  }

  private static void assignment() {
    // snippet: assignment
    long[] array = {1, 2, 3};
    long[] same = array; // Go would copy three elements here
    long[] copy = array.clone();
    same[0] = 9;
    System.out.println("array " + Arrays.toString(array) + ", copy " + Arrays.toString(copy));
    // end
    Claim.that("one array with two names", array[0] == 9);
    Claim.that("the copy is another one", copy[0] == 1);
  }

  // snippet: passing
  private static void pass(int number, Point point, Counter counter) {
    number++;
    point = new Point(point.x() + 1, point.y());
    counter.count++;
    counter = new Counter();
    counter.count = -1;
    Claim.that("all three have changed here", number + point.x() + counter.count == 2);
  }

  private static void passing() {
    int number = 1;
    Point point = new Point(0, 0);
    Counter counter = new Counter();
    pass(number, point, counter);
    System.out.println(number + ", " + point + ", counter of " + counter.count);
  }

  // end

  private static void arraysOfReferences() {
    // snippet: shallow
    Slice<Counter> counters = Slice.of(new Counter(), new Counter());
    Slice<Counter> copy = counters.clone();
    copy.get(0).count = 5; // the same counter
    copy.set(1, new Counter());
    copy.get(1).count = 6; // another one
    System.out.println("first " + counters.get(0).count + ", second " + counters.get(1).count);
    // end
    Claim.that("a copy is shallow", counters.get(0) == copy.get(0));
  }

  @SuppressWarnings("ArrayEquals") // that is what it shows
  private static void equality() {
    // snippet: equality
    long[] a = {1, 2};
    long[] b = {1, 2};
    System.out.println("arrays: " + a.equals(b) + ", by element: " + Arrays.equals(a, b));
    LongSlice s = LongSlice.of(1, 2);
    LongSlice t = LongSlice.of(1, 2);
    System.out.println("slices: " + s.equals(t) + ", by element: " + s.contentEquals(t));
    System.out.println("records: " + new Point(1, 2).equals(new Point(1, 2)));
    System.out.println("lists: " + List.of(1, 2).equals(List.of(1, 2)));
    // end
  }

  private static void conversion() {
    // snippet: conversion
    LongSlice s = LongSlice.of(1, 2, 3);
    long[] two = s.toArray(2); // [2]int64(s): a copy
    two[0] = 9;
    var tooShort = Claim.thrown(IndexOutOfBoundsException.class, () -> s.toArray(4));
    System.out.println(s + ", " + tooShort.getMessage());
    // end
    Claim.that("a copy", s.get(0) == 1);
  }
}
