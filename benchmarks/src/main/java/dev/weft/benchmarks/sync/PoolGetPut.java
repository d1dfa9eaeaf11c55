package dev.weft.benchmarks.sync;

import dev.weft.sync.Pool;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a pool costs that one, four or eight goroutines use.
///
/// One operation is one get and one put, of an object that is there.
public class PoolGetPut extends LockBenchmark {
  static final int OPERATIONS = 400_000;

  /// Objects of a kilobyte, so that those of two threads are not on one cache line.
  private static final int LENGTH = 128;

  @Param({"1", "4", "8"})
  int users;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long getAndPut() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(String lock, int operations) throws InterruptedException {
    Pool<long[]> pool = Pool.of(() -> new long[LENGTH]);
    long[] done = new long[1];
    together(
        users,
        operations,
        share -> {
          for (int i = 0; i < share; i++) {
            long[] object = pool.get();
            object[0]++;
            pool.put(object);
          }
          synchronized (done) {
            done[0] += share;
          }
        });
    return done[0];
  }

  /// Kotlin has no such pool.
  @Override
  long runKotlinx(int operations) {
    throw new UnsupportedOperationException();
  }
}
