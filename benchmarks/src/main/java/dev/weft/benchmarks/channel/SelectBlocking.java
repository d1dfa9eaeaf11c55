package dev.weft.benchmarks.channel;

import dev.weft.benchmarks.channel.Library.Pipe;
import dev.weft.benchmarks.channel.Library.Selector;
import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What a select of two receives costs that has to wait.
///
/// The ping-pong of [PingPong], but each player has two unbuffered channels, of which its opponent
/// uses one and the other in turn, and waits for both. One operation is a round trip: two sends and
/// two selects.
public class SelectBlocking extends ChannelBenchmark {
  static final int OPERATIONS = 50_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long roundTrip() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  final long run(Library library, int operations) throws InterruptedException {
    Pipe[] there = {library.pipe(0), library.pipe(0)};
    Pipe[] back = {library.pipe(0), library.pipe(0)};
    Library.Task peer = library.start(() -> returnAll(selector(library, there), back, operations));
    Selector selector = selector(library, back);
    long returned = 0;
    for (int i = 0; i < operations; i++) {
      there[i & 1].send(ELEMENT);
      if (await(selector) == ELEMENT) {
        returned++;
      }
    }
    peer.join();
    return returned;
  }

  private void returnAll(Selector selector, Pipe[] back, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      back[i & 1].send(await(selector));
    }
  }

  /// Makes a select, or fails at once.
  Selector selector(Library library, Pipe... pipes) {
    return library.selector(pipes);
  }

  /// Waits for an element.
  Object await(Selector selector) throws InterruptedException {
    return selector.select();
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.selectBlocking(ELEMENT, operations);
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
