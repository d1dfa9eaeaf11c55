package dev.weft.benchmarks.pool;

import dev.weft.benchmarks.ToolBenchmark;
import dev.weft.pool.WorkerPool;
import dev.weft.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.TearDown;

/// A million tasks that one goroutine submits to a pool of 50,000: the benchmark of ants. One
/// operation is one task.
///
/// Without Weft: a virtual thread for each task, and a `Semaphore` that is acquired before it is
/// started. `juc` is a `ThreadPoolExecutor` of as many threads as there are processors.
public abstract class PoolBenchmark extends ToolBenchmark {
  static final int OPERATIONS = 1_000_000;

  private static final int CAPACITY = 50_000;
  private static final Duration EXPIRY = Duration.ofSeconds(10);

  private WorkerPool pool;

  /// For the rows.
  protected PoolBenchmark() {}

  /// What a task does in Weft.
  abstract void task() throws InterruptedException;

  /// The same in plain Java.
  abstract void plainTask();

  @TearDown
  public void release() {
    if (pool != null) {
      pool.release();
    }
  }

  @Override
  protected final long run(String tool, int operations) throws InterruptedException {
    AtomicLong ran = new AtomicLong();
    switch (tool) {
      case WEFT -> pooled(ran, operations);
      case "plain" -> virtualThreads(ran, operations);
      case "juc" -> threadPool(ran, operations);
      default -> throw unknown(tool);
    }
    return ran.get();
  }

  private void pooled(AtomicLong ran, int operations) throws InterruptedException {
    if (pool == null) { // by the first goroutine of the run, so that it is on its scheduler
      pool = WorkerPool.builder(CAPACITY).expiry(EXPIRY).build();
    }
    WaitGroup running = new WaitGroup();
    running.add(operations);
    for (int i = 0; i < operations; i++) {
      pool.submit(
          () -> {
            task();
            ran.getAndIncrement();
            running.done();
          });
    }
    running.await();
  }

  private void virtualThreads(AtomicLong ran, int operations) throws InterruptedException {
    Semaphore permits = new Semaphore(CAPACITY);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < operations; i++) {
        permits.acquire();
        executor.execute(
            () -> {
              try {
                plainTask();
                ran.getAndIncrement();
              } finally {
                permits.release();
              }
            });
      }
    }
  }

  private void threadPool(AtomicLong ran, int operations) throws InterruptedException {
    int threads = procs();
    CountDownLatch running = new CountDownLatch(operations);
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(CAPACITY),
            new ThreadPoolExecutor.CallerRunsPolicy());
    try {
      for (int i = 0; i < operations; i++) {
        executor.execute(
            () -> {
              plainTask();
              ran.getAndIncrement();
              running.countDown();
            });
      }
      running.await();
    } finally {
      executor.shutdown();
    }
  }
}
