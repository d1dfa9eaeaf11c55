package dev.weft.benchmarks.slice;

import dev.weft.benchmarks.Sequential;
import dev.weft.collections.LongSlice;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Adding up numbers by their index; one operation is one element.
public class LongSum extends Sequential {
  static final int ELEMENTS = 100_000;

  private static final long SUM = (long) ELEMENTS * (ELEMENTS - 1) / 2;

  @Param("weft")
  String backend;

  private long[] array;
  private LongSlice slice;
  private LongArrayList fastutil;
  private List<Long> list;

  @Setup
  public void setUp() {
    array = new long[ELEMENTS];
    list = new ArrayList<>();
    for (int i = 0; i < ELEMENTS; i++) {
      array[i] = i;
      list.add((long) i);
    }
    slice = LongSlice.wrap(array);
    fastutil = LongArrayList.wrap(array);
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public long run() {
    long sum =
        switch (backend) {
          case "weft" -> ofSlice(slice);
          case "array" -> ofArray(array);
          case "fastutil" -> ofFastutil(fastutil);
          case "list" -> ofList(list);
          default -> throw unknown(backend);
        };
    if (sum != SUM) {
      throw new IllegalStateException(sum + " instead of " + SUM);
    }
    return sum;
  }

  private static long ofSlice(LongSlice slice) {
    long sum = 0;
    for (int i = 0; i < slice.len(); i++) {
      sum += slice.get(i);
    }
    return sum;
  }

  private static long ofArray(long[] array) {
    long sum = 0;
    for (int i = 0; i < array.length; i++) {
      sum += array[i];
    }
    return sum;
  }

  private static long ofFastutil(LongArrayList list) {
    long sum = 0;
    for (int i = 0; i < list.size(); i++) {
      sum += list.getLong(i);
    }
    return sum;
  }

  private static long ofList(List<Long> list) {
    long sum = 0;
    for (int i = 0; i < list.size(); i++) {
      sum += list.get(i);
    }
    return sum;
  }
}
