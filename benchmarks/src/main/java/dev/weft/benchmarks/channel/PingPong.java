package dev.weft.benchmarks.channel;

import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs two goroutines to wait for each other by channels.
///
/// They play ping-pong over two unbuffered channels. One operation is a round trip: two sends and
/// two receives.
public class PingPong extends ChannelBenchmark {
  static final int OPERATIONS = 50_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long roundTrip() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    Library.Pipe ping = library.pipe(0);
    Library.Pipe pong = library.pipe(0);
    Library.Task peer = library.start(() -> returnAll(ping, pong, operations));
    long returned = 0;
    for (int i = 0; i < operations; i++) {
      ping.send(ELEMENT);
      if (pong.receive() == ELEMENT) {
        returned++;
      }
    }
    peer.join();
    return returned;
  }

  private static void returnAll(Library.Pipe ping, Library.Pipe pong, int times)
      throws InterruptedException {
    for (int i = 0; i < times; i++) {
      pong.send(ping.receive());
    }
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.pingPong(ELEMENT, operations);
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
