package dev.weft.benchmarks.sync;

import dev.weft.base.ThrowingRunnable;
import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.SchedulerStats;
import dev.weft.sync.Once;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs to find that something has been done once. One operation is one call, with code
/// that exists beforehand: a lambda that captures something would be made for each.
public class OnceDone extends GoroutineBenchmark {
  static final int OPERATIONS = 1_000_000;

  private final ThrowingRunnable<RuntimeException> code = this::countRun;
  private long runs;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long done() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) {
    Once once = new Once();
    runs = 0;
    long calls = 0;
    for (int i = 0; i < operations; i++) {
      calls += call(once);
    }
    if (runs != 1) {
      throw new IllegalStateException("run " + runs + " times");
    }
    return calls;
  }

  /// A call of its own, as in Go, where it is kept from being inlined, too: else there is nothing
  /// left to measure.
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private int call(Once once) {
    once.run(code);
    return 1;
  }

  private void countRun() {
    runs++;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {}
}
