package dev.weft.benchmarks.sync;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a readers-writer mutex costs that two, four or eight want all the time: nine times for
/// reading, then once for writing.
///
/// One operation is one lock and one unlock.
public class RWMutexMixed extends LockBenchmark {
  static final int OPERATIONS = 400_000;

  private static final int WRITE_EVERY = 10;

  @Param({"2", "4", "8"})
  int contenders;

  private long written; // under the lock

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long lockAndUnlock() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(String lock, int operations) throws InterruptedException {
    Guard guard = Guard.shared(lock);
    written = 0;
    together(
        contenders,
        operations,
        share -> {
          for (int i = 1; i <= share; i++) {
            if (i % WRITE_EVERY == 0) {
              long stamp = guard.lock();
              written += WRITE_EVERY;
              guard.unlock(stamp);
            } else {
              long stamp = guard.rlock();
              if (written < 0) {
                throw new IllegalStateException("read in the middle of a write");
              }
              guard.runlock(stamp);
            }
          }
        });
    return written;
  }

  /// Kotlin has no such lock.
  @Override
  long runKotlinx(int operations) {
    throw new UnsupportedOperationException();
  }
}
