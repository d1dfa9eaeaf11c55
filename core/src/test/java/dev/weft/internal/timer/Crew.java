package dev.weft.internal.timer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Platform threads that start together; a failure of any of them fails the test.
final class Crew implements AutoCloseable {
  interface Work {
    void run() throws Exception;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /// Runs all of `work` at the same time and waits for the end.
  void runTogether(List<Work> work) throws Exception {
    CountDownLatch ready = new CountDownLatch(work.size());
    List<Future<?>> results = new ArrayList<>();
    for (Work each : work) {
      results.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                each.run();
                return null;
              }));
    }
    for (Future<?> result : results) {
      try {
        result.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError("a worker failed", e.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow(); // interrupts a worker that still waits for the others
    threads.close();
  }
}
