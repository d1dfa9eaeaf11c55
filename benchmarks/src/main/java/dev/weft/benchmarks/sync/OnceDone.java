package dev.weft.benchmarks.sync;

import dev.weft.base.ThrowingRunnable;
import dev.weft.benchmarks.ToolBenchmark;
import dev.weft.sync.Once;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs to find that something has been done once. One operation is one call, with code
/// that exists beforehand: a lambda that captures something would be made for each.
///
/// The JDK has nothing for it; what people write is a flag that is looked at twice.
public class OnceDone extends ToolBenchmark {
  static final int OPERATIONS = 1_000_000;

  private final ThrowingRunnable<RuntimeException> code = this::countRun;
  private long runs;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long done() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(String tool, int operations) {
    runs = 0;
    long calls =
        switch (tool) {
          case WEFT -> once(operations);
          case "plain" -> lookTwice(operations);
          default -> throw unknown(tool);
        };
    if (runs != 1) {
      throw new IllegalStateException("run " + runs + " times");
    }
    return calls;
  }

  private long once(int operations) {
    Once once = new Once();
    long calls = 0;
    for (int i = 0; i < operations; i++) {
      calls += call(once);
    }
    return calls;
  }

  private long lookTwice(int operations) {
    LookedAtTwice once = new LookedAtTwice();
    long calls = 0;
    for (int i = 0; i < operations; i++) {
      calls += call(once);
    }
    return calls;
  }

  /// A call of its own, as in Go, where it is kept from being inlined, too: else there is nothing
  /// left to measure.
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private int call(Once once) {
    once.run(code);
    return 1;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private int call(LookedAtTwice once) {
    once.run(code);
    return 1;
  }

  private void countRun() {
    runs++;
  }

  /// The usual idiom.
  private static final class LookedAtTwice {
    private volatile boolean done;

    void run(ThrowingRunnable<RuntimeException> code) {
      if (!done) {
        runSlowly(code);
      }
    }

    private synchronized void runSlowly(ThrowingRunnable<RuntimeException> code) {
      if (!done) {
        code.run();
        done = true;
      }
    }
  }
}
