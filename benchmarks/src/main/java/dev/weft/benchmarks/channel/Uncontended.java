package dev.weft.benchmarks.channel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What a channel costs when nobody waits for it.
///
/// One goroutine sends to a channel of capacity 1 and receives from it. One operation is both.
public class Uncontended extends ChannelBenchmark {
  static final int OPERATIONS = 1_000_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long sendAndReceive() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    Library.Pipe pipe = library.pipe(1);
    long received = 0;
    for (int i = 0; i < operations; i++) {
      pipe.send(ELEMENT);
      if (pipe.receive() == ELEMENT) {
        received++;
      }
    }
    return received;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.uncontended(ELEMENT, operations);
  }
}
