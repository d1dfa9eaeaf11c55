package dev.weft.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A row that one thread does, with no scheduler: a collection beside other libraries'.
///
/// Each row has a parameter `backend`, as those of goroutines have: whose collection it is, `weft`
/// unless it says otherwise. A process makes one of them only, so that the JVM knows whose methods
/// are called. Each row checks what it has counted.
///
/// The collector is Parallel: what it does at a write of a reference is little, and always the
/// same. With G1 a million references to one object, in a large array, took 30 to 300 ns each,
/// whatever the array belonged to.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
    jvmArgsPrepend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC"})
public abstract class Sequential {

  /// For the rows.
  protected Sequential() {}

  /// Fails unless what was counted is what there is.
  protected static int checked(int counted, int expected) {
    if (counted != expected) {
      throw new IllegalStateException(counted + " instead of " + expected);
    }
    return counted;
  }

  /// Fails for a parameter `backend` that the row does not know.
  protected static IllegalArgumentException unknown(String backend) {
    return new IllegalArgumentException("this row does not run on " + backend);
  }
}
