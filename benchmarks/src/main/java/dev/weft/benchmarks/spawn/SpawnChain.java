package dev.weft.benchmarks.spawn;

import static dev.weft.Go.go;

import dev.weft.base.Body;
import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.SchedulerStats;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What the life of a goroutine costs: spawn and finish.
///
/// Each goroutine of a chain starts the next one and ends. One operation is one goroutine, from its
/// start to its end. Nobody waits but for the last one, and there are never many at once.
public class SpawnChain extends GoroutineBenchmark {
  static final int OPERATIONS = 50_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long spawnAndFinish() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    Link chain = new Link(operations);
    go(chain);
    chain.ended.await();
    return chain.started;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }

  /// One object for all: each goroutine hands it on to the next.
  private static final class Link implements Body {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final int length;
    private long started;

    Link(int length) {
      this.length = length;
    }

    @Override
    public void run() {
      started++;
      if (started < length) {
        go(this);
      } else {
        ended.countDown();
      }
    }
  }
}
