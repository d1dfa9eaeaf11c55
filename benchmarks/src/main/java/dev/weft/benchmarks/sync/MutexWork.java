package dev.weft.benchmarks.sync;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a mutex costs that several want now and then: between two locks each computes for about
/// eight times as long as a lock takes that nobody else wants.
///
/// One operation is that computation, one lock and one unlock.
public class MutexWork extends LockBenchmark {
  static final int OPERATIONS = 400_000;

  /// Steps of a random generator, each of which needs the one before.
  static final int STEPS = 50;

  @Param({"2", "4", "8"})
  int contenders;

  private long counter; // under the lock

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long workAndLock() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(String lock, int operations) throws InterruptedException {
    Guard guard = Guard.exclusive(lock);
    counter = 0;
    together(
        contenders,
        operations,
        share -> {
          long random = share;
          for (int i = 0; i < share; i++) {
            random = work(random);
            long stamp = guard.lock();
            counter++;
            guard.unlock(stamp);
          }
          if (random == 0) {
            throw new IllegalStateException("that generator is never 0");
          }
        });
    return counter;
  }

  /// Xorshift: nothing that a compiler could shorten.
  private static long work(long random) {
    long x = random;
    for (int i = 0; i < STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxLockRows.withWork(contenders, STEPS, operations);
  }
}
