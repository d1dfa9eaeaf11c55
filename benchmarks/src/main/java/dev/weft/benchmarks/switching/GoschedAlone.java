package dev.weft.benchmarks.switching;

import dev.weft.Go;
import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What `gosched()` costs when nobody else wants to run.
///
/// A single goroutine calls it again and again. One operation is one call: off its processor, into
/// the global queue, out of it and on again.
public class GoschedAlone extends GoroutineBenchmark {
  static final int OPERATIONS = 100_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long gosched() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) {
    return yieldTimes(operations);
  }

  static long yieldTimes(int times) {
    long done = 0;
    for (int i = 0; i < times; i++) {
      Go.gosched();
      done++;
    }
    return done;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
