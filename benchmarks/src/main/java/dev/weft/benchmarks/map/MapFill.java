package dev.weft.benchmarks.map;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// To fill a map that is empty at first; one operation is one put.
public class MapFill extends MapRow {

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public int run() {
    int entries = 0;
    for (int round = 0; round < ENTRIES / size; round++) {
      entries += filled().size();
    }
    return checked(entries, ENTRIES);
  }
}
