package dev.weft.benchmarks.sync;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.SchedulerStats;
import dev.weft.sync.WaitGroup;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What a wait group costs to count up and down, and to wait for while it is zero. One operation is
/// one of each.
public class WaitGroupAddDone extends GoroutineBenchmark {
  static final int OPERATIONS = 1_000_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long addDoneAwait() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    WaitGroup group = new WaitGroup();
    long done = 0;
    for (int i = 0; i < operations; i++) {
      group.add(1);
      group.done();
      group.await();
      done++;
    }
    return done;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {}
}
