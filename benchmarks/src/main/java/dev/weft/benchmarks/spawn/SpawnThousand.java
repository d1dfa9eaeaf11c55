package dev.weft.benchmarks.spawn;

import static dev.weft.Go.go;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.SchedulerStats;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs to start a thousand goroutines and to wait until all have ended.
///
/// One goroutine does so, a thousand after the other. One operation is one of the thousand. More
/// than a processor's own queue holds are runnable at once, so on one processor most of them go
/// through the global queue.
public class SpawnThousand extends GoroutineBenchmark {
  static final int OPERATIONS = 50_000;

  private static final int BATCH = 1_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long spawnAndWait() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    AtomicLong ran = new AtomicLong();
    for (int left = operations; left > 0; left -= BATCH) {
      int batch = Math.min(left, BATCH);
      CountDownLatch running = new CountDownLatch(batch);
      for (int i = 0; i < batch; i++) {
        go(
            () -> {
              ran.getAndIncrement();
              running.countDown();
            });
      }
      running.await();
    }
    return ran.get();
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
