package dev.weft.benchmarks.channel;

import dev.weft.Go;
import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.channel.Channel;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What it costs that elements are objects: numbers that are boxed for the channel, beside a number
/// that was boxed before. Decides whether there should be channels of `long`.
///
/// One operation is one element. Capacity -1 is one goroutine that does both sides of a channel of
/// capacity 1; else one sends to another.
public class Boxing extends GoroutineBenchmark {
  static final int OPERATIONS = 100_000;

  private static final long BEYOND_THE_CACHE_OF_BOXES = 1_000;
  private static final Long THERE = BEYOND_THE_CACHE_OF_BOXES;

  @Param({"true", "false"})
  boolean boxed;

  @Param({"-1", "0", "1", "8", "128"})
  int capacity;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long transfer() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    return capacity < 0 ? alone(operations) : together(operations);
  }

  private Long element(int i) {
    return boxed ? Long.valueOf(BEYOND_THE_CACHE_OF_BOXES + i) : THERE;
  }

  private long alone(int operations) throws InterruptedException {
    Channel<Long> channel = Channel.make(1);
    long received = 0;
    for (int i = 0; i < operations; i++) {
      channel.send(element(i));
      received += count(channel.receive());
    }
    return received;
  }

  private long together(int operations) throws InterruptedException {
    Channel<Long> channel = Channel.make(capacity);
    Goroutine sender =
        Go.go(
            () -> {
              for (int i = 0; i < operations; i++) {
                channel.send(element(i));
              }
            });
    long received = 0;
    for (int i = 0; i < operations; i++) {
      received += count(channel.receive());
    }
    sender.join();
    return received;
  }

  private static int count(Long element) {
    return element >= BEYOND_THE_CACHE_OF_BOXES ? 1 : 0;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    if (capacity == 0 && stats.switches() < operations / 4) {
      throw new IllegalStateException(stats.switches() + " switches for " + operations);
    }
  }
}
