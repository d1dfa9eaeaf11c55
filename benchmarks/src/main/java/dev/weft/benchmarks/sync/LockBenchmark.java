package dev.weft.benchmarks.sync;

import dev.weft.Go;
import dev.weft.base.Body;
import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.benchmarks.Host;
import dev.weft.benchmarks.KotlinxHost;
import dev.weft.benchmarks.VirtualThreadHost;
import dev.weft.scheduler.SchedulerStats;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/// A row about a lock. Besides Weft's backends, rivals run it: say `-p backend=reentrant`, `fair`,
/// `stamped` or `kotlinx`.
public abstract class LockBenchmark extends GoroutineBenchmark {

  private boolean kotlinx;
  private boolean weft = true;
  private String lock = "gpm";

  /// For the rows.
  protected LockBenchmark() {}

  /// What is measured. On a goroutine or on a virtual thread.
  ///
  /// @param operations how many to do
  /// @return how many were done, as counted under the lock
  abstract long run(String lock, int operations) throws InterruptedException;

  /// The same program in Kotlin. On JMH's thread.
  abstract long runKotlinx(int operations);

  @Override
  protected final long run(int operations) throws InterruptedException {
    return kotlinx ? runKotlinx(operations) : run(lock, operations);
  }

  @Override
  protected final Host rival(String name) {
    lock = name;
    weft = false;
    kotlinx = name.equals("kotlinx");
    return kotlinx ? new KotlinxHost(procs()) : new VirtualThreadHost(procs());
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {}

  /// Has several share the operations, and waits for their end.
  final void together(int threads, int operations, IntConsumer each) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      int share = operations / threads + (i < operations % threads ? 1 : 0);
      start(
          () -> {
            each.accept(share);
            running.countDown();
          });
    }
    running.await();
  }

  private void start(Body body) {
    if (weft) {
      Go.go(body);
    } else {
      Thread.startVirtualThread(VirtualThreadHost.asRunnable(body));
    }
  }
}
