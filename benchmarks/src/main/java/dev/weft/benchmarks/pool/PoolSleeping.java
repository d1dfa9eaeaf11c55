package dev.weft.benchmarks.pool;

import dev.weft.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// Tasks that sleep for ten milliseconds, as those of ants' benchmark do.
public class PoolSleeping extends PoolBenchmark {
  private static final Duration TIME = Duration.ofMillis(10);

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long submit() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  void task() throws InterruptedException {
    Clock.system().sleep(TIME);
  }

  @Override
  void plainTask() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
  }
}
