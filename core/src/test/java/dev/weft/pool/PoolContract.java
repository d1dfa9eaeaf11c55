package dev.weft.pool;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// What tests of pools share: tasks that run until they are let go, and pools that are checked and
/// released at the end.
abstract class PoolContract extends ThreadsContract {

  private final List<AbstractWorkerPool<?>> pools = new ArrayList<>();
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();

  /// Runs until [#letGo()].
  final Body slow =
      () -> {
        begun.incrementAndGet();
        mayEnd.await();
        ended.incrementAndGet();
      };

  final Body quick =
      () -> {
        begun.incrementAndGet();
        ended.incrementAndGet();
      };

  final <P extends AbstractWorkerPool<?>> P checked(P pool) {
    pools.add(pool);
    return pool;
  }

  /// A pool whose workers run where those of the test do.
  final PoolBuilder builder(int capacity) {
    PoolBuilder builder = WorkerPool.builder(capacity);
    return threads.scheduler() == null ? builder : builder.scheduler(threads.scheduler());
  }

  final WorkerPool pool(int capacity) {
    return checked(builder(capacity).build());
  }

  @Override
  protected void letGo() {
    mayEnd.countDown();
  }

  @Override
  protected void assertSettled() {
    letGo();
    for (AbstractWorkerPool<?> pool : pools) {
      pool.release();
      try {
        Await.until(pool::isTerminated, pool::toString);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      pool.core().checkInvariants();
      if (pool.running() != 0 || pool.waiting() != 0) {
        throw new AssertionError(pool + " is terminated");
      }
    }
  }

  /// Fills the pool with tasks that run until they are let go.
  final void fill(WorkerPool pool) throws InterruptedException {
    int before = begun.get();
    int tasks = pool.capacity() - pool.running();
    for (int i = 0; i < tasks; i++) {
      pool.submit(slow);
    }
    Await.until(() -> begun.get() == before + tasks, () -> begun + " have begun");
  }

  /// A thread that waits to submit.
  final Task<Boolean> submitter(WorkerPool pool, Body body) throws InterruptedException {
    int before = pool.waiting();
    Task<Boolean> task = threads.start(() -> pool.submit(body));
    awaitWaiting(pool, before + 1);
    return task;
  }

  static void awaitWaiting(AbstractWorkerPool<?> pool, int count) throws InterruptedException {
    Await.until(() -> pool.waiting() == count, pool::toString);
  }

  static void awaitRunning(AbstractWorkerPool<?> pool, int count) throws InterruptedException {
    Await.until(() -> pool.running() == count, pool::toString);
  }

  final void awaitEnded(int count) throws InterruptedException {
    Await.until(() -> ended.get() == count, () -> ended + " have ended, not " + count);
  }
}
