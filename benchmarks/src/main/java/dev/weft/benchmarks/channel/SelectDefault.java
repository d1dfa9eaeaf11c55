package dev.weft.benchmarks.channel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What a select with a default case costs when nothing is ready.
///
/// One goroutine looks at two empty channels again and again. One operation is one select.
public class SelectDefault extends ChannelBenchmark {
  static final int OPERATIONS = 1_000_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long selectNow() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    Library.Selector selector = library.selector(library.pipe(0), library.pipe(0));
    long nothing = 0;
    for (int i = 0; i < operations; i++) {
      if (selector.selectNow() == null) {
        nothing++;
      }
    }
    return nothing;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.selectDefault(operations);
  }
}
