package dev.weft.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.Channel;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The views that are executors, of pools and limiters, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class TaskExecutorTest extends PoolContract {

  @Test
  @DisplayName("Results and failures go to futures, and close waits for the tasks of the view")
  void futures() throws Exception {
    WorkerPool pool = pool(2);
    pool.submit(slow); // not the view's
    List<Future<Integer>> squares = new ArrayList<>();
    try (ExecutorService executor = pool.asExecutorService()) {
      for (int i = 0; i < 20; i++) {
        int number = i;
        squares.add(executor.submit(() -> number * number));
      }
      Callable<Integer> failing =
          () -> {
            throw new IOException("gone");
          };
      ExecutionException thrown =
          assertThrows(ExecutionException.class, () -> executor.submit(failing).get());
      assertInstanceOf(IOException.class, thrown.getCause());
      List<Callable<Integer>> calls = List.of(() -> 1, () -> 2);
      for (Future<Integer> done : executor.invokeAll(calls)) {
        assertTrue(done.isDone());
      }
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(i * i, squares.get(i).get());
    }
    assertFalse(pool.isClosed(), "the view is not the pool");
  }

  @Test
  @DisplayName("After the shutdown of the view it refuses; the pool does not")
  void shutdown() throws Exception {
    WorkerPool pool = pool(2);
    ExecutorService executor = pool.asExecutorService();
    Future<?> last = executor.submit(() -> quickly());
    executor.shutdown();
    executor.shutdown();
    assertThrows(RejectedExecutionException.class, () -> executor.execute(this::quickly));
    assertTrue(executor.awaitTermination(1, TimeUnit.HOURS));
    assertTrue(executor.isTerminated() && executor.isShutdown() && last.isDone());
    pool.submit(quick);
    awaitEnded(2);
    ExecutorService unused = pool.asExecutorService();
    unused.shutdown();
    assertTrue(unused.isTerminated());
  }

  private void quickly() {
    ended.incrementAndGet();
  }

  @Test
  @DisplayName("shutdownNow interrupts the tasks of the view, and no others")
  void shutdownNow() throws Exception {
    WorkerPool pool = pool(3);
    pool.submit(slow);
    ExecutorService executor = pool.asExecutorService();
    Channel<Object> never = Channel.make();
    Future<?> waiting = executor.submit(() -> never.receive());
    Await.until(() -> pool.running() == 2, pool::toString);
    assertTrue(executor.shutdownNow().isEmpty());
    ExecutionException thrown = assertThrows(ExecutionException.class, waiting::get);
    assertInstanceOf(InterruptedException.class, thrown.getCause());
    assertTrue(executor.awaitTermination(1, TimeUnit.HOURS));
    letGo();
    awaitEnded(1);
  }

  @Test
  @DisplayName("A task that is cancelled is interrupted, and the next on its worker is not")
  void cancel() throws Exception {
    WorkerPool pool = checked(builder(1).keepIdle().build());
    try (ExecutorService executor = pool.asExecutorService()) {
      Channel<Object> never = Channel.make();
      Channel<Boolean> entered = Channel.make();
      Future<?> waiting =
          executor.submit(
              () -> {
                entered.close();
                return never.receive();
              });
      entered.receive();
      assertTrue(waiting.cancel(true));
      assertFalse(executor.submit(() -> Thread.currentThread().isInterrupted()).get());
    }
  }

  @Test
  @DisplayName(
      "What the pool refuses is refused, and who is interrupted while it waits has not submitted")
  void refused() throws Exception {
    WorkerPool pool = pool(1);
    fill(pool);
    ExecutorService executor = pool.asExecutorService();
    Task<Boolean> waiting = threads.start(() -> executor.execute(this::quickly));
    awaitWaiting(pool, 1);
    waiting.interrupt();
    waiting.fails(RejectedExecutionException.class);
    assertTrue(waiting.endedWithFlag());
    Task<Boolean> closed = threads.start(() -> executor.execute(this::quickly));
    awaitWaiting(pool, 1);
    pool.release();
    closed.fails(PoolClosedException.class);
    executor.shutdown();
    assertTrue(executor.isTerminated(), "what was refused is not counted");
    letGo();
    awaitEnded(1);
  }

  @Test
  @DisplayName("A limiter's view starts a goroutine for each task, so many at a time")
  void limiter() throws Exception {
    Limiter limiter = Limiter.of(2);
    try (ExecutorService executor = limiter.asExecutorService()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(executor.submit(limiter::running));
      }
      for (Future<Integer> one : all) {
        assertTrue(one.get() <= 2);
      }
    }
    Await.until(() -> limiter.running() == 0, limiter::toString);
  }
}
