package dev.weft.benchmarks.map;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// To remove a key and to add it again; both together are one operation.
public class MapRemovePut extends MapRow {

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int run() {
    for (int i = 0; i < OPERATIONS; i++) {
      Object key = next(equal);
      full.put(key, full.remove(key));
    }
    return checked(full.size(), size);
  }
}
