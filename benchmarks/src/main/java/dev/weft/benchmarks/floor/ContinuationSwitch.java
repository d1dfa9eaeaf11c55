package dev.weft.benchmarks.floor;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The floor of every switch between goroutines: what the JVM needs to suspend and continue one.
///
/// One platform thread runs a continuation that yields again and again. One operation is one yield
/// and the run that follows it. No scheduler that uses the JVM's continuations can switch faster.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 3,
    jvmArgsPrepend = {
      "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
public class ContinuationSwitch {
  static final int OPERATIONS = 100_000;

  private long yields;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long yieldAndRun() {
    yields = 0;
    BareContinuation continuation = new BareContinuation(() -> yieldTimes(OPERATIONS));
    while (!continuation.isDone()) {
      continuation.run();
    }
    if (yields != OPERATIONS) {
      throw new IllegalStateException(yields + " of " + OPERATIONS + " yields were done");
    }
    return yields;
  }

  private void yieldTimes(int times) {
    for (int i = 0; i < times; i++) {
      BareContinuation.yieldNow();
      yields++;
    }
  }
}
