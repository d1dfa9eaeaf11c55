package dev.weft.benchmarks.map;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What the operations of a map cost, by the kind of the keys and the number of the entries.
///
/// One invocation is 100,000 operations on keys in a random order, which go round in a large array;
/// one operation is one call, and for `iterate` and `fill` one entry. Each row checks what it has
/// counted.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgs = {"-Xms4g", "-Xmx4g"})
public class MapBenchmark {
  static final int OPERATIONS = 100_000;

  @Param({"WEFT", "HASHMAP", "AGRONA", "FASTUTIL", "ECLIPSE"})
  private Maps map;

  @Param({"INTEGER", "LONG", "STRING", "MIXED"})
  private Keys keys;

  @Param({"1000", "100000", "1000000"})
  private int size;

  private Object[] inserted;
  private Object[] same;
  private Object[] equal;
  private Object[] others;
  private Map<Object, Object> full;
  private int next;

  @Setup
  public void setUp() {
    inserted = keys.make(1, size);
    same = Keys.shuffled(inserted);
    equal = Keys.shuffled(keys.make(1, size));
    others = Keys.shuffled(keys.make(1 + size, size));
    full = filled();
  }

  private Map<Object, Object> filled() {
    Map<Object, Object> filled = map.make();
    for (Object key : inserted) {
      filled.put(key, key);
    }
    return filled;
  }

  private int index() {
    int index = next;
    next = index + 1 == size ? 0 : index + 1;
    return index;
  }

  /// The very object that is in the map.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int getSame() {
    return checked(found(same), OPERATIONS);
  }

  /// An equal object.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int getEqual() {
    return checked(found(equal), OPERATIONS);
  }

  /// A key that is not there.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int getMissing() {
    return checked(found(others), 0);
  }

  private int found(Object[] asked) {
    int found = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      if (full.get(asked[index()]) != null) {
        found++;
      }
    }
    return found;
  }

  /// Replaces a value.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int putExisting() {
    int replaced = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      Object key = equal[index()];
      if (full.put(key, key) != null) {
        replaced++;
      }
    }
    return checked(replaced, OPERATIONS);
  }

  /// Removes a key and adds another one, so that the size stays; two operations count as one.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int removeAndPut() {
    for (int i = 0; i < OPERATIONS; i++) {
      Object key = equal[index()];
      full.put(key, full.remove(key));
    }
    return checked(full.size(), size);
  }

  /// Goes through the whole map, as often as it takes.
  @Benchmark
  @OperationsPerInvocation(1_000_000)
  public int iterate() {
    int seen = 0;
    for (int round = 0; round < 1_000_000 / size; round++) {
      for (Map.Entry<Object, Object> entry : full.entrySet()) {
        if (entry.getKey() == entry.getValue()) {
          seen++;
        }
      }
    }
    return checked(seen, 1_000_000);
  }

  /// Fills new maps; an operation is one put.
  @Benchmark
  @OperationsPerInvocation(1_000_000)
  public int fill() {
    int entries = 0;
    for (int round = 0; round < 1_000_000 / size; round++) {
      entries += filled().size();
    }
    return checked(entries, 1_000_000);
  }

  private static int checked(int counted, int expected) {
    if (counted != expected) {
      throw new AssertionError(counted + " instead of " + expected);
    }
    return counted;
  }
}
