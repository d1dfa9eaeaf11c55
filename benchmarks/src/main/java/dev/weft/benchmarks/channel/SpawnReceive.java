package dev.weft.benchmarks.channel;

import dev.weft.base.Body;
import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs to have a goroutine compute something: start it and receive its result.
///
/// Each sends one element to the same unbuffered channel and ends. One operation is one goroutine.
public class SpawnReceive extends ChannelBenchmark {
  static final int OPERATIONS = 50_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long spawnAndReceive() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    Library.Pipe results = library.pipe(0);
    Body body = () -> results.send(ELEMENT);
    long received = 0;
    for (int i = 0; i < operations; i++) {
      library.spawn(body);
      if (results.receive() == ELEMENT) {
        received++;
      }
    }
    return received;
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.spawnReceive(ELEMENT, operations);
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
