package dev.weft.benchmarks.floor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The floor of every hand-over from one processor to another: the way of a cache line.
///
/// Two platform threads spin on one word and write it by turns. One operation is one hand-over,
/// from the write of the one to the write of the other. Needs two processors that nobody else uses.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 3, jvmArgsPrepend = "--sun-misc-unsafe-memory-access=allow")
public class SpinHandOver {
  static final int OPERATIONS = 100_000;

  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);

  /// The index of the word in [#line], with more than a cache line's length on both sides.
  private static final int MIDDLE = 64;

  private final int[] line = new int[2 * MIDDLE];

  @Setup
  public void checkProcessors() {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      throw new IllegalStateException("this row needs two processors; leave it out");
    }
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int handOver() throws InterruptedException {
    WORD.setVolatile(line, MIDDLE, 0);
    Thread other = Thread.ofPlatform().daemon().start(() -> countUp(1));
    countUp(0);
    other.join();
    return (int) WORD.getVolatile(line, MIDDLE);
  }

  /// Writes every second number, when the one before is there.
  private void countUp(int first) {
    for (int number = first; number < OPERATIONS; number += 2) {
      while ((int) WORD.getAcquire(line, MIDDLE) != number) {
        Thread.onSpinWait();
      }
      WORD.setRelease(line, MIDDLE, number + 1);
    }
  }
}
