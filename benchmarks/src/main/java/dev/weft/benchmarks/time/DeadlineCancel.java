package dev.weft.benchmarks.time;

import dev.weft.benchmarks.Sequential;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// To add a deadline to many and take it back: a timer shard beside a timer wheel.
public class DeadlineCancel extends Sequential {
  static final int OPERATIONS = 100_000;

  @Param("weft")
  String backend;

  @Param({"1000", "1000000"})
  int pending;

  private Deadlines deadlines;

  @Setup
  public void fill() {
    deadlines = Deadlines.of(backend);
    for (int i = 0; i < pending; i++) {
      deadlines.add(Deadlines.anyAfter(0));
    }
    checked(deadlines.fire(0), 0);
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int addAndCancel() {
    int done = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      deadlines.addAndCancel(Deadlines.anyAfter(0));
      done++;
    }
    return checked(done, OPERATIONS);
  }
}
