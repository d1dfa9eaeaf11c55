package dev.weft.benchmarks.channel;

import dev.weft.benchmarks.channel.Library.Pipe;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a select costs that does not wait, with two, four or eight receives, one of which is ready.
///
/// One goroutine sends to the channels of capacity 1 in turn and selects from all of them. One
/// operation is one send and one select.
public class SelectReady extends ChannelBenchmark {
  static final int OPERATIONS = 200_000;

  @Param({"2", "4", "8"})
  int cases;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long sendAndSelect() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    Pipe[] pipes = new Pipe[cases];
    for (int i = 0; i < cases; i++) {
      pipes[i] = library.pipe(1);
    }
    Library.Selector selector = library.selector(pipes);
    long received = 0;
    for (int i = 0; i < operations; i++) {
      pipes[i & (pipes.length - 1)].send(ELEMENT);
      if (selector.select() == ELEMENT) {
        received++;
      }
    }
    return received;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.selectReady(ELEMENT, cases, operations);
  }
}
