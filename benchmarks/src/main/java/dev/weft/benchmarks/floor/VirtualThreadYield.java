package dev.weft.benchmarks.floor;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// The floor of `gosched`: one virtual thread gives way again and again. One operation is one yield
/// and the run that follows it.
public class VirtualThreadYield extends VirtualThreadFloor {
  private long yields;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long yieldAndRun() {
    yields = 0;
    unstarted(this::yieldOften).start();
    checked(runAll() - 1); // a thread that is pinned does not give way
    return checked(yields);
  }

  private void yieldOften() {
    for (int i = 0; i < OPERATIONS; i++) {
      Thread.yield();
      yields++;
    }
  }
}
