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

/// What a hand-over costs when many wait for it.
///
/// Many goroutines receive from one unbuffered channel, and whoever has received goes to the end of
/// the queue; one goroutine sends. One operation is one element; starting the receivers is a small
/// part of each.
public class Waiters extends GoroutineBenchmark {
  static final int OPERATIONS = 4_000_000;

  private static final Object ELEMENT = Integer.valueOf(1_000_000);

  @Param({"1", "10", "100", "1000", "10000", "100000"})
  int waiters;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long handOver() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    Channel<Object> channel = Channel.make();
    AtomicLong received = new AtomicLong();
    CountDownLatch running = new CountDownLatch(waiters);
    for (int i = 0; i < waiters; i++) {
      go(
          () -> {
            long own = 0;
            while (channel.receive() != null) {
              own++;
            }
            received.addAndGet(own);
            running.countDown();
          });
    }
    for (int i = 0; i < operations; i++) {
      channel.send(ELEMENT);
    }
    channel.close();
    running.await();
    return received.get();
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations / 2);
  }
}
