package dev.weft.benchmarks.channel;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What it costs four goroutines to send elements to four others by one channel.
///
/// One operation is one element.
public class Mpmc extends ChannelBenchmark {
  static final int OPERATIONS = 100_000;

  private static final int EACH = 4;

  @Param({"0", "128"})
  int capacity;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long transfer() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    Library.Pipe pipe = library.pipe(capacity);
    long[] received = new long[EACH];
    List<Library.Task> tasks = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      int receiver = i;
      tasks.add(library.start(() -> sendAll(pipe, operations / EACH)));
      tasks.add(library.start(() -> received[receiver] = receiveAll(pipe, operations / EACH)));
    }
    long all = 0;
    for (Library.Task task : tasks) {
      task.join();
    }
    for (long count : received) {
      all += count;
    }
    return all;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.mpmc(ELEMENT, capacity, EACH, operations);
  }
}
