package dev.weft.benchmarks.map;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// To replace a value.
public class MapPut extends MapRow {

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int run() {
    int replaced = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      Object key = next(equal);
      if (full.put(key, key) != null) {
        replaced++;
      }
    }
    return checked(replaced, OPERATIONS);
  }
}
