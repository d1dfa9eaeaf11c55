package dev.weft.benchmarks.latency;

import static dev.weft.Go.go;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.SchedulerStats;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jmh.annotations.Benchmark;

/// How long a goroutine waits behind two others that compute and never let go of their processor.
///
/// The first hog starts a third goroutine and computes, the second one only computes, and both stop
/// when the third one has run. One operation is all of that, and nearly all of it is the wait of
/// the third. A scheduler that cannot take a processor away would keep it waiting for ever: so a
/// hog gives up after 100 ms, and the jdk backend is expected to show that limit once for each hog
/// that is in the way.
public class BehindTwoHogs extends GoroutineBenchmark {
  private static final long LIMIT = TimeUnit.MILLISECONDS.toNanos(100);

  @Benchmark
  public long delay() throws InterruptedException {
    return invoke(1);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    AtomicBoolean ran = new AtomicBoolean();
    Goroutine second = go(() -> compute(ran));
    Goroutine first =
        go(
            () -> {
              Goroutine third = go(() -> ran.set(true));
              compute(ran);
              third.join();
            });
    first.join();
    second.join();
    return ran.get() ? operations : 0;
  }

  private static void compute(AtomicBoolean enough) {
    long begin = System.nanoTime();
    while (!enough.get() && System.nanoTime() - begin < LIMIT) {
      Thread.onSpinWait();
    }
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("hand-offs", stats.handOffs(), 1);
  }
}
