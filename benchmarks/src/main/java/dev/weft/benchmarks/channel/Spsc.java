package dev.weft.benchmarks.channel;

import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What it costs to send elements from one goroutine to another.
///
/// One operation is one element.
public class Spsc extends ChannelBenchmark {
  static final int OPERATIONS = 100_000;

  @Param({"0", "1", "8", "128"})
  int capacity;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long transfer() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    Library.Pipe pipe = library.pipe(capacity);
    Library.Task sender = library.start(() -> sendAll(pipe, operations));
    long received = receiveAll(pipe, operations);
    sender.join();
    return received;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.spsc(ELEMENT, capacity, operations);
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    if (capacity == 0) {
      atLeast("switches", stats.switches(), operations / 4);
    }
  }
}
