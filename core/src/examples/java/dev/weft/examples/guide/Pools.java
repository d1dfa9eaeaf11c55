package dev.weft.examples.guide;

import dev.weft.pool.Limiter;
import dev.weft.pool.PoolOverloadException;
import dev.weft.pool.ScalingPool;
import dev.weft.pool.WorkerPool;
import dev.weft.sync.WaitGroup;
import dev.weft.time.FakeClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/// Chapter "Pools": limiters, workers, and workers that come and go.
public final class Pools {

  private Pools() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    limiter();
    workers();
    failures();
    scaling();
    executor();
  }

  private static void limiter() throws Exception {
    AtomicInteger done = new AtomicInteger();
    CountDownLatch gate = new CountDownLatch(1);
    // snippet: limiter
    Limiter limiter = Limiter.of(2, 1); // two run, one waits
    for (int i = 0; i < 2; i++) {
      limiter.go(
          () -> {
            gate.await();
            done.incrementAndGet();
          });
    }
    WaitGroup waiting = new WaitGroup();
    waiting.go(() -> limiter.run(done::incrementAndGet)); // on its own goroutine, in its turn
    Claim.becomes("one waits", () -> limiter.waiting() == 1);
    Claim.thrown(PoolOverloadException.class, () -> limiter.go(done::incrementAndGet));
    System.out.println("the fourth is refused at once");
    // end
    gate.countDown();
    waiting.await();
    Claim.becomes("the three are done", () -> done.get() == 3 && limiter.running() == 0);
  }

  private static void workers() throws Exception {
    // snippet: workers
    WorkerPool pool = WorkerPool.of(4);
    AtomicInteger sum = new AtomicInteger();
    for (int i = 1; i <= 1_000; i++) {
      int number = i;
      pool.submit(() -> sum.addAndGet(number)); // waits while all four are busy
    }
    boolean ended = pool.release(Duration.ofMinutes(1)); // no more tasks; those taken are run
    System.out.println("sum: " + sum + ", all workers ended: " + ended);
    // end
    Claim.that("all were run", sum.get() == 500_500 && ended);
  }

  private static void failures() throws Exception {
    // snippet: failures
    AtomicInteger failed = new AtomicInteger();
    WorkerPool pool =
        WorkerPool.builder(1).panicHandler(failure -> failed.incrementAndGet()).build();
    pool.submit(
        () -> {
          throw new IllegalStateException("it went wrong");
        });
    pool.submit(() -> System.out.println("the next task runs"));
    pool.release(Duration.ofMinutes(1));
    System.out.println("failed: " + failed);
    // end
    Claim.that("one has failed", failed.get() == 1);
  }

  private static void scaling() throws Exception {
    // snippet: scaling
    FakeClock clock = new FakeClock(); // so that the example does not wait for real seconds
    Duration second = Duration.ofSeconds(1);
    CountDownLatch gate = new CountDownLatch(1);
    ScalingPool pool = ScalingPool.of(1, 4, 100, second, clock, null);
    for (int i = 0; i < 50; i++) {
      pool.submit(gate::await);
    }
    System.out.println("workers under load: " + pool.workers());
    gate.countDown();
    while (pool.workers() > 1) {
      clock.advance(second); // whoever was idle for a whole period ends
      Thread.sleep(1);
    }
    System.out.println("workers after it: " + pool.workers());
    pool.close(); // what is queued is run
    // end
    Claim.that("it ends", pool.awaitTermination(Duration.ofMinutes(1)));
  }

  private static void executor() throws Exception {
    // snippet: executor
    Limiter connections = Limiter.of(10);
    try (ExecutorService executor = connections.asExecutorService()) {
      String answer = executor.submit(() -> "for code that insists on an executor").get();
      System.out.println(answer);
    } // waits for the tasks of this view
    // end
  }
}
