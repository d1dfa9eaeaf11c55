package dev.weft.benchmarks.scaling;

import static dev.weft.Go.go;
import static dev.weft.Go.gosched;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.SchedulerStats;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a switch costs when many goroutines are ready.
///
/// They call `gosched()` in turn. One operation is one call; starting them is a small part of each.
public class Yields extends GoroutineBenchmark {
  static final int OPERATIONS = 4_000_000;

  @Param({"10", "100", "1000", "10000", "100000"})
  int goroutines;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long giveWay() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    int each = operations / goroutines;
    AtomicLong done = new AtomicLong();
    CountDownLatch running = new CountDownLatch(goroutines);
    for (int i = 0; i < goroutines; i++) {
      go(
          () -> {
            for (int k = 0; k < each; k++) {
              gosched();
            }
            done.addAndGet(each);
            running.countDown();
          });
    }
    running.await();
    return done.get();
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
