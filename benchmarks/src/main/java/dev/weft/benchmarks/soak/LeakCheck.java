package dev.weft.benchmarks.soak;

import dev.weft.scheduler.Scheduler;
import dev.weft.scheduler.SchedulerStats;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.StringJoiner;

/// Looks after each round for what stayed behind.
///
/// For heap and threads it keeps the least value of each quarter of the run. Noise only adds, and a
/// leak raises the least value too, so the last quarter's must not be above the second's; in the
/// first, classes are loaded and pools fill. It keeps no list, which would be a leak itself.
final class LeakCheck {
  private static final long HEAP_TOLERANCE = 256 * 1024;
  private static final int THREAD_TOLERANCE = 2;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private final Scheduler scheduler;
  private final long[] heap = new long[4];
  private final int[] threads = new int[4];

  LeakCheck(Scheduler scheduler) {
    this.scheduler = scheduler;
    Arrays.fill(heap, Long.MAX_VALUE);
    Arrays.fill(threads, Integer.MAX_VALUE);
  }

  /// Takes the figures of a round that has ended.
  ///
  /// @param quarter in which quarter of the run, from 0
  void afterRound(int quarter) throws InterruptedException {
    awaitNoGoroutine();
    SchedulerStats stats = scheduler.stats();
    if (stats.internalFailures() > 0) {
      throw new SoakFailure("internal failures of the scheduler: " + stats);
    }
    System.gc();
    heap[quarter] =
        Math.min(heap[quarter], ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    threads[quarter] =
        Math.min(threads[quarter], ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /// Fails if the last quarter has more than the second one.
  void verdict() {
    if (heap[1] == Long.MAX_VALUE || heap[3] == Long.MAX_VALUE) {
      throw new SoakFailure(
          "too short to judge leaks: no round ended in the second or last quarter");
    }
    if (heap[3] > heap[1] + HEAP_TOLERANCE) {
      throw new SoakFailure("the heap grew: " + this);
    }
    if (threads[3] > threads[1] + THREAD_TOLERANCE) {
      throw new SoakFailure("threads were left behind: " + this);
    }
  }

  /// A joined goroutine may be a few steps from leaving the scheduler's list.
  private void awaitNoGoroutine() throws InterruptedException {
    long start = System.nanoTime();
    while (scheduler.numGoroutine() != 0) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new SoakFailure("goroutines were left behind: " + scheduler.goroutines());
      }
      Thread.sleep(1);
    }
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "least of each quarter: ", "");
    for (int i = 0; i < heap.length; i++) {
      if (heap[i] != Long.MAX_VALUE) {
        text.add("%,d KiB and %d threads".formatted(heap[i] / 1024, threads[i]));
      }
    }
    return text.toString();
  }
}
