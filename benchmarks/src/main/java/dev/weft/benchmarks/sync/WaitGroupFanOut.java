package dev.weft.benchmarks.sync;

import dev.weft.benchmarks.ToolBenchmark;
import dev.weft.scheduler.SchedulerStats;
import dev.weft.sync.WaitGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs to start a thousand goroutines of a wait group and to wait for them. One operation
/// is one goroutine.
public class WaitGroupFanOut extends ToolBenchmark {
  static final int OPERATIONS = 50_000;

  private static final int BATCH = 1_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long goAndAwait() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(String tool, int operations) throws InterruptedException {
    AtomicLong ran = new AtomicLong();
    switch (tool) {
      case WEFT -> group(ran, operations);
      case "plain" -> latches(ran, operations);
      case "phaser" -> phaser(ran, operations);
      default -> throw unknown(tool);
    }
    return ran.get();
  }

  private static void group(AtomicLong ran, int operations) throws InterruptedException {
    WaitGroup group = new WaitGroup();
    for (int left = operations; left > 0; left -= BATCH) {
      for (int i = Math.min(left, BATCH); i > 0; i--) {
        group.go(ran::getAndIncrement);
      }
      group.await();
    }
  }

  private static void latches(AtomicLong ran, int operations) throws InterruptedException {
    for (int left = operations; left > 0; left -= BATCH) {
      int batch = Math.min(left, BATCH);
      CountDownLatch latch = new CountDownLatch(batch);
      for (int i = batch; i > 0; i--) {
        Thread.startVirtualThread(
            () -> {
              ran.getAndIncrement();
              latch.countDown();
            });
      }
      latch.await();
    }
  }

  /// The starting thread is a party, so that no phase ends before all have been started.
  private static void phaser(AtomicLong ran, int operations) {
    Phaser phaser = new Phaser(1);
    for (int left = operations; left > 0; left -= BATCH) {
      for (int i = Math.min(left, BATCH); i > 0; i--) {
        phaser.register();
        Thread.startVirtualThread(
            () -> {
              ran.getAndIncrement();
              phaser.arriveAndDeregister();
            });
      }
      phaser.arriveAndAwaitAdvance();
    }
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
