package dev.weft.benchmarks.map;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// To find a key by another object that is equal.
public class MapGet extends MapRow {

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int run() {
    return checked(countFound(equal), OPERATIONS);
  }
}
