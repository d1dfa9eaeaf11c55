package dev.weft.benchmarks.map;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// To find that a key is not there.
public class MapGetMissing extends MapRow {

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int run() {
    return checked(countFound(others), 0);
  }
}
