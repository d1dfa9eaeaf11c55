package dev.weft.benchmarks.switching;

import static dev.weft.Go.go;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What `gosched()` costs when another goroutine wants to run.
///
/// Two goroutines call it again and again, half of the times each. One operation is one call. On
/// one processor that is a switch from the one to the other; on two each may have a processor, and
/// they meet in the global queue only.
public class GoschedPair extends GoroutineBenchmark {
  static final int OPERATIONS = 100_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long gosched() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    long[] others = new long[1];
    Goroutine other = go(() -> others[0] = GoschedAlone.yieldTimes(operations / 2));
    long own = GoschedAlone.yieldTimes(operations / 2);
    other.join();
    return own + others[0];
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
