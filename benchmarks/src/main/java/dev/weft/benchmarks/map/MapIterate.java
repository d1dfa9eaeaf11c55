package dev.weft.benchmarks.map;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// To go through a map; one operation is one entry.
public class MapIterate extends MapRow {

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public int run() {
    int seen = 0;
    for (int round = 0; round < ENTRIES / size; round++) {
      for (Map.Entry<Object, Object> entry : full.entrySet()) {
        if (entry.getKey().equals(entry.getValue())) {
          seen++;
        }
      }
    }
    return checked(seen, ENTRIES);
  }
}
