package dev.weft.benchmarks.sync;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What a mutex costs that nobody else wants. One operation is one lock and one unlock.
public class MutexUncontended extends LockBenchmark {
  static final int OPERATIONS = 1_000_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long lockAndUnlock() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(String lock, int operations) {
    Guard guard = Guard.exclusive(lock);
    long counter = 0;
    for (int i = 0; i < operations; i++) {
      long stamp = guard.lock();
      counter++;
      guard.unlock(stamp);
    }
    return counter;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxLockRows.uncontended(operations);
  }
}
