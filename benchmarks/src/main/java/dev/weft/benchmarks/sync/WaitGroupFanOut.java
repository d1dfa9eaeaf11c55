package dev.weft.benchmarks.sync;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.SchedulerStats;
import dev.weft.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs to start a thousand goroutines of a wait group and to wait for them. One operation
/// is one goroutine.
public class WaitGroupFanOut extends GoroutineBenchmark {
  static final int OPERATIONS = 50_000;

  private static final int BATCH = 1_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long goAndAwait() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    AtomicLong ran = new AtomicLong();
    WaitGroup group = new WaitGroup();
    for (int left = operations; left > 0; left -= BATCH) {
      for (int i = Math.min(left, BATCH); i > 0; i--) {
        group.go(ran::getAndIncrement);
      }
      group.await();
    }
    return ran.get();
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
