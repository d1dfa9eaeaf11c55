package dev.weft.benchmarks.slice;

import dev.weft.benchmarks.Sequential;
import dev.weft.collections.Slice;
import dev.weft.collections.SliceAppender;
import it.unimi.dsi.fastutil.objects.ObjectArrayList;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// Appending references to one object, one by one, to what is empty at first; one operation is one
/// element. `weft` makes a header at each step, `appender` none.
public class ReferenceAppend extends Sequential {
  static final int ELEMENTS = 1_000_000;

  private static final Object ELEMENT = new Object();

  @Param("weft")
  String backend;

  @Benchmark
  @OperationsPerInvocation(ELEMENTS)
  public Object run() {
    return switch (backend) {
      case "weft" -> slice();
      case "appender" -> appender();
      case "list" -> added(new ArrayList<>());
      case "fastutil" -> added(new ObjectArrayList<>());
      default -> throw unknown(backend);
    };
  }

  private static Slice<Object> slice() {
    Slice<Object> s = Slice.nil();
    for (int i = 0; i < ELEMENTS; i++) {
      s = s.append(ELEMENT);
    }
    checked(s.len(), ELEMENTS);
    return s;
  }

  private static Slice<Object> appender() {
    SliceAppender<Object> a = new SliceAppender<>(Slice.nil());
    for (int i = 0; i < ELEMENTS; i++) {
      a.append(ELEMENT);
    }
    Slice<Object> s = a.slice();
    checked(s.len(), ELEMENTS);
    return s;
  }

  private static List<Object> added(List<Object> list) {
    for (int i = 0; i < ELEMENTS; i++) {
      list.add(ELEMENT);
    }
    checked(list.size(), ELEMENTS);
    return list;
  }
}
