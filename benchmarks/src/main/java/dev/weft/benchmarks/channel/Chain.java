package dev.weft.benchmarks.channel;

import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What many goroutines cost that wait at the same time: a chain of 10,000.
///
/// Each receives from its right neighbour and sends to its left one, over unbuffered channels. When
/// all have been started, an element enters at the right end and leaves at the left one. One
/// operation is one goroutine with its channel, from its start to its end.
public class Chain extends ChannelBenchmark {
  private static final int LENGTH = 10_000;
  static final int OPERATIONS = 5 * LENGTH;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long link() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    long done = 0;
    for (int i = 0; i < operations / LENGTH; i++) {
      Library.Pipe leftmost = library.pipe(0);
      Library.Pipe rightmost = leftmost;
      for (int k = 0; k < LENGTH; k++) {
        Library.Pipe left = rightmost;
        Library.Pipe right = library.pipe(0);
        library.spawn(() -> left.send(right.receive()));
        rightmost = right;
      }
      rightmost.send(ELEMENT);
      done += leftmost.receive() == ELEMENT ? LENGTH : 0;
    }
    return done;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.chain(ELEMENT, LENGTH, operations);
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
