package dev.weft.benchmarks.pool;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Tasks that do next to nothing: what a pool costs.
public class PoolShort extends PoolBenchmark {

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long submit() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  void task() {}

  @Override
  void plainTask() {}
}
