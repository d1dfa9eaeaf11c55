package dev.weft.benchmarks.sync;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a mutex costs that two, four or eight want all the time, and hold for a moment only.
///
/// Each locks it, counts and unlocks it, again and again. One operation is one lock and one unlock.
public class MutexContended extends LockBenchmark {
  static final int OPERATIONS = 400_000;

  @Param({"2", "4", "8"})
  int contenders;

  private long counter; // under the lock

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long lockAndUnlock() throws InterruptedException {
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
          for (int i = 0; i < share; i++) {
            long stamp = guard.lock();
            counter++;
            guard.unlock(stamp);
          }
        });
    return counter;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxLockRows.contended(contenders, operations);
  }
}
