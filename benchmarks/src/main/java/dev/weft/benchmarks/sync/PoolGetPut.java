package dev.weft.benchmarks.sync;

import dev.weft.sync.Pool;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a pool costs that one, four or eight goroutines use.
///
/// One operation is one get and one put, of an object that is there. The JDK has no pool; what
/// people take is a `ConcurrentLinkedQueue`, which keeps its objects for ever.
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
  long run(String pool, int operations) throws InterruptedException {
    long[] done = new long[1];
    IntConsumer user =
        switch (pool) {
          case "gpm", "jdk" -> pool();
          case "plain" -> queue();
          default -> throw new IllegalArgumentException("there is no pool " + pool);
        };
    together(
        users,
        operations,
        share -> {
          user.accept(share);
          synchronized (done) {
            done[0] += share;
          }
        });
    return done[0];
  }

  private static IntConsumer pool() {
    Pool<long[]> pool = Pool.of(() -> new long[LENGTH]);
    return share -> {
      for (int i = 0; i < share; i++) {
        long[] object = pool.get();
        object[0]++;
        pool.put(object);
      }
    };
  }

  private static IntConsumer queue() {
    Queue<long[]> queue = new ConcurrentLinkedQueue<>();
    return share -> {
      for (int i = 0; i < share; i++) {
        long[] object = queue.poll();
        if (object == null) {
          object = new long[LENGTH];
        }
        object[0]++;
        queue.add(object);
      }
    };
  }

  /// Kotlin has no such pool.
  @Override
  long runKotlinx(int operations) {
    throw new UnsupportedOperationException();
  }
}
