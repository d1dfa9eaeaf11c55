package dev.weft.benchmarks.scaling;

import static dev.weft.Go.go;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.channel.Channel;
import dev.weft.scheduler.SchedulerStats;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a round trip costs when many pairs of goroutines do it at the same time.
///
/// Each pair has two unbuffered channels, there and back. One operation is one round trip; starting
/// the pairs is a small part of each.
public class Pairs extends GoroutineBenchmark {
  static final int OPERATIONS = 2_000_000;

  private static final Object BALL = Integer.valueOf(1_000_000);

  @Param({"1", "10", "100", "1000", "10000", "100000"})
  int pairs;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long roundTrip() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    int each = operations / pairs;
    AtomicLong done = new AtomicLong();
    CountDownLatch running = new CountDownLatch(pairs);
    for (int i = 0; i < pairs; i++) {
      Channel<Object> there = Channel.make();
      Channel<Object> back = Channel.make();
      go(
          () -> {
            for (int k = 0; k < each; k++) {
              back.send(there.receive());
            }
          });
      go(
          () -> {
            int returned = 0;
            for (int k = 0; k < each; k++) {
              there.send(BALL);
              returned += back.receive() == BALL ? 1 : 0;
            }
            done.addAndGet(returned);
            running.countDown();
          });
    }
    running.await();
    return done.get();
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }
}
