package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.Go;
import dev.weft.base.Goexit;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A scheduler as an ExecutorService: a goroutine for each task, and the JDK's rules for the rest.
@SuppressWarnings({"FutureReturnValueIgnored", "NullAway"}) // provokes what it warns of
class ExecutorViewTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private final CountDownLatch release = new CountDownLatch(1);

  private static @Nullable Goroutine self() {
    return Goroutine.current();
  }

  @Test
  @DisplayName("Every task runs in a goroutine of its own, of this scheduler")
  void goroutinePerTask() throws Exception {
    Scheduler scheduler = schedulers.start();
    Set<Goroutine> seen = new HashSet<>();
    try (ExecutorService executor = scheduler.asExecutorService()) {
      List<Future<@Nullable Goroutine>> futures = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        futures.add(executor.submit(ExecutorViewTest::self));
      }
      for (Future<@Nullable Goroutine> future : futures) {
        Goroutine goroutine = future.get();
        assertNotNull(goroutine);
        assertSame(scheduler, goroutine.scheduler());
        seen.add(goroutine);
      }
      CompletableFuture<@Nullable Goroutine> async =
          CompletableFuture.supplyAsync(ExecutorViewTest::self, executor);
      seen.add(assertNotNullGet(async.get()));
    }
    assertEquals(51, seen.size());
  }

  private static Goroutine assertNotNullGet(@Nullable Goroutine goroutine) {
    assertNotNull(goroutine);
    return goroutine;
  }

  @Test
  @DisplayName(
      "close waits for its tasks, and closing one view closes neither scheduler nor others")
  void closes() throws Exception {
    Scheduler scheduler = schedulers.start();
    ExecutorService other = scheduler.asExecutorService();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService executor = scheduler.asExecutorService();
    Future<?> task =
        executor.submit(
            () -> {
              release.await();
              done.set(true);
              return null;
            });
    Thread closer = Thread.ofPlatform().start(executor::close);
    Await.until(executor::isShutdown, "it is being closed");
    Await.until(
        () -> closer.getState() != Thread.State.RUNNABLE, () -> "the closer waits: " + closer);
    assertThrows(RejectedExecutionException.class, () -> executor.submit(() -> {}));
    assertTrue(closer.isAlive());
    assertFalse(done.get());
    release.countDown();
    closer.join();
    assertTrue(done.get());
    assertTrue(task.isDone());
    assertTrue(executor.isTerminated());
    executor.close();
    assertFalse(scheduler.isClosed());
    assertEquals(1, other.submit(() -> 1).get());
    Goroutine goroutine = scheduler.go(() -> {});
    goroutine.join();
    other.close();
  }

  @Test
  @DisplayName("close does not wait for goroutines that were not started through the view")
  void waitsForItsOwnOnly() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    Goroutine unrelated = scheduler.go(release::await);
    ExecutorService executor = scheduler.asExecutorService();
    executor.submit(() -> {});
    executor.close();
    assertFalse(unrelated.isDone());
    release.countDown();
    unrelated.join();
  }

  @Test
  @DisplayName("A view of a closed scheduler rejects tasks")
  void rejectedAfterClose() throws Exception {
    Scheduler scheduler = schedulers.start();
    try (ExecutorService executor = scheduler.asExecutorService()) {
      assertEquals("before", executor.submit(() -> "before").get());
      scheduler.close();
      RejectedExecutionException thrown =
          assertThrows(RejectedExecutionException.class, () -> executor.submit(() -> "after"));
      assertTrue(thrown.getMessage().contains("Scheduler["), thrown.getMessage());
      assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> {}));
      assertFalse(executor.isShutdown());
    }
  }

  @Test
  @DisplayName("The scheduler's close waits for tasks of a view")
  void schedulerWaits() throws Exception {
    Scheduler scheduler = schedulers.start();
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(1);
    ExecutorService executor = scheduler.asExecutorService();
    Future<?> task =
        executor.submit(
            () -> {
              running.countDown();
              release.await();
              done.set(true);
              return null;
            });
    Await.zero(running, "the task runs");
    Thread closer = Thread.ofPlatform().start(scheduler::close);
    Await.until(scheduler::isClosed, "it is closed");
    release.countDown();
    closer.join();
    assertTrue(done.get());
    task.get();
    executor.close();
  }

  @Test
  @DisplayName("invokeAll runs all, invokeAny answers with one that succeeds")
  void invokes() throws Exception {
    Scheduler scheduler = schedulers.start();
    AtomicInteger ran = new AtomicInteger();
    try (ExecutorService executor = scheduler.asExecutorService()) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int value = i;
        tasks.add(
            () -> {
              ran.incrementAndGet();
              return value;
            });
      }
      List<Integer> values = new ArrayList<>();
      for (Future<Integer> future : executor.invokeAll(tasks)) {
        assertTrue(future.isDone());
        values.add(future.resultNow());
      }
      assertEquals(20, values.size());
      assertEquals(20, ran.get());
      for (int i = 0; i < 20; i++) {
        assertEquals(i, values.get(i));
      }
      Callable<Integer> failing =
          () -> {
            throw new IllegalStateException("not this one");
          };
      Callable<Integer> blocking =
          () -> {
            release.await();
            return -1;
          };
      assertEquals(7, executor.invokeAny(List.of(failing, blocking, () -> 7)));
      ExecutionException all =
          assertThrows(
              ExecutionException.class, () -> executor.invokeAny(List.of(failing, failing)));
      assertEquals("not this one", all.getCause().getMessage());
    }
  }

  @Test
  @DisplayName("shutdownNow interrupts the tasks")
  void shutdownNow() throws Exception {
    Scheduler scheduler = schedulers.start();
    ExecutorService executor = scheduler.asExecutorService();
    List<Future<?>> tasks = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch running = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      tasks.add(
          executor.submit(
              () -> {
                running.countDown();
                release.await();
                return null;
              }));
    }
    Await.zero(running, "all run");
    assertEquals(List.of(), executor.shutdownNow());
    assertTrue(executor.awaitTermination(60, TimeUnit.SECONDS));
    for (Future<?> task : tasks) {
      ExecutionException thrown = assertThrows(ExecutionException.class, task::get);
      assertTrue(thrown.getCause() instanceof InterruptedException);
    }
    assertFalse(scheduler.isClosed());
  }

  @Test
  @DisplayName("What a task throws goes to its future, and to no handler")
  void failures() throws Exception {
    List<Throwable> reports = Collections.synchronizedList(new ArrayList<>());
    Scheduler scheduler =
        schedulers.start(
            TestSchedulers.builder()
                .procs(2)
                .uncaughtExceptionHandler((thread, thrown) -> reports.add(thrown)));
    try (ExecutorService executor = scheduler.asExecutorService()) {
      Exception expected = new Exception("expected");
      Future<?> failing =
          executor.submit(
              () -> {
                throw expected;
              });
      assertSame(expected, assertThrows(ExecutionException.class, failing::get).getCause());
      Future<?> leaving = executor.submit(Go::goexit);
      assertSame(Goexit.INSTANCE, assertThrows(ExecutionException.class, leaving::get).getCause());
      assertEquals(List.of(), reports);
    }
  }

  @Test
  @DisplayName("What a task of execute throws reaches the handler, and goexit ends it quietly")
  void executed() throws Exception {
    List<Throwable> reports = Collections.synchronizedList(new ArrayList<>());
    Scheduler scheduler =
        schedulers.start(
            TestSchedulers.builder()
                .procs(2)
                .uncaughtExceptionHandler((thread, thrown) -> reports.add(thrown)));
    RuntimeException expected = new IllegalStateException("expected");
    try (ExecutorService executor = scheduler.asExecutorService()) {
      executor.execute(
          () -> {
            throw expected;
          });
      executor.execute(Go::goexit);
    }
    scheduler.close(); // the executor's own close does not wait for the handler
    assertEquals(List.of(expected), reports);
  }

  @Test
  @DisplayName("cancel interrupts the task's goroutine")
  void cancels() throws Exception {
    Scheduler scheduler = schedulers.start();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (ExecutorService executor = scheduler.asExecutorService()) {
      Future<?> task =
          executor.submit(
              () -> {
                running.countDown();
                try {
                  release.await();
                } catch (InterruptedException e) {
                  interrupted.countDown();
                }
              });
      Await.zero(running, "the task runs");
      assertTrue(task.cancel(true));
      Await.zero(interrupted, "the task is interrupted");
    }
    assertNull(Goroutine.current());
  }
}
