package dev.weft.benchmarks.scaling;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.channel.Channel;
import dev.weft.scheduler.SchedulerStats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What an operation costs when there are many channels, so that they are not in the caches.
///
/// One goroutine sends to each and receives from it, in an order that is no order in memory. One
/// operation is one send and one receive.
public class Channels extends GoroutineBenchmark {
  static final int OPERATIONS = 2_000_000;

  private static final Object ELEMENT = Integer.valueOf(1_000_000);

  @Param({"1", "10", "100", "1000", "10000", "100000"})
  int channels;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long sendAndReceive() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    List<Channel<Object>> all = new ArrayList<>(channels);
    for (int i = 0; i < channels; i++) {
      all.add(Channel.make(1));
    }
    Collections.shuffle(all, new Random(channels));
    long received = 0;
    for (int round = 0; round < operations / channels; round++) {
      for (Channel<Object> channel : all) {
        channel.send(ELEMENT);
        received += channel.receive() == ELEMENT ? 1 : 0;
      }
    }
    return received;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {}
}
