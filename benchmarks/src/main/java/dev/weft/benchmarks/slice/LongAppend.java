package dev.weft.benchmarks.slice;

import dev.weft.benchmarks.Sequential;
import dev.weft.collections.LongAppender;
import dev.weft.collections.LongSlice;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// Appending numbers one by one to what is empty at first; one operation is one element.
///
/// `weft` makes a header at each step, `appender` none. `array` is what growing alone costs: the
/// arrays and copies of `weft`, with a counter in place of both. `list` is the `List<Long>` of a
/// program that has nothing else.
public class LongAppend extends Sequential {
  static final int ELEMENTS = 1_000_000;

  @Param("weft")
  String backend;

  private final int[] capacities = capacities();

  private static int[] capacities() {
    List<Integer> capacities = new ArrayList<>();
    for (LongSlice s = LongSlice.nil(); s.cap() < ELEMENTS; ) {
      s = s.slice(0, s.cap()).append(0);
      capacities.add(s.cap());
    }
    return capacities.stream().mapToInt(Integer::intValue).toArray();
  }

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public Object run() {
    return switch (backend) {
      case "weft" -> slice();
      case "appender" -> appender();
      case "array" -> array();
      case "fastutil" -> fastutil();
      case "list" -> list();
      default -> throw unknown(backend);
    };
  }

  private static LongSlice slice() {
    LongSlice s = LongSlice.nil();
    for (long i = 0; i < ELEMENTS; i++) {
      s = s.append(i);
    }
    checked(s.len(), ELEMENTS);
    return s;
  }

  private static LongSlice appender() {
    LongAppender a = new LongAppender(LongSlice.nil());
    for (long i = 0; i < ELEMENTS; i++) {
      a.append(i);
    }
    LongSlice s = a.slice();
    checked(s.len(), ELEMENTS);
    return s;
  }

  private long[] array() {
    long[] array = {};
    int len = 0;
    int growths = 0;
    for (long i = 0; i < ELEMENTS; i++) {
      if (len == array.length) {
        array = Arrays.copyOf(array, capacities[growths++]);
      }
      array[len++] = i;
    }
    checked(len, ELEMENTS);
    return array;
  }

  private static LongArrayList fastutil() {
    LongArrayList list = new LongArrayList();
    for (long i = 0; i < ELEMENTS; i++) {
      list.add(i);
    }
    checked(list.size(), ELEMENTS);
    return list;
  }

  private static List<Long> list() {
    List<Long> list = new ArrayList<>();
    for (long i = 0; i < ELEMENTS; i++) {
      list.add(i);
    }
    checked(list.size(), ELEMENTS);
    return list;
  }
}
