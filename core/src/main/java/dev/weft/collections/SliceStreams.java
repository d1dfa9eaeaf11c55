package dev.weft.collections;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Streams over a part of an array of each primitive type; those that have no stream of their own
/// become `int` or `double`.
///
/// The primitive slices are made from [LongSlice] by exchanging words, which picks the right one.
final class SliceStreams {

  private SliceStreams() {}

  static LongStream of(long[] array, int from, int to) {
    return Arrays.stream(array, from, to);
  }

  static IntStream of(int[] array, int from, int to) {
    return Arrays.stream(array, from, to);
  }

  static IntStream of(short[] array, int from, int to) {
    return IntStream.range(from, to).map(i -> array[i]);
  }

  static IntStream of(byte[] array, int from, int to) {
    return IntStream.range(from, to).map(i -> array[i]);
  }

  static IntStream of(char[] array, int from, int to) {
    return IntStream.range(from, to).map(i -> array[i]);
  }

  static DoubleStream of(float[] array, int from, int to) {
    return IntStream.range(from, to).mapToDouble(i -> array[i]);
  }

  static DoubleStream of(double[] array, int from, int to) {
    return Arrays.stream(array, from, to);
  }
}
