package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.TestMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Threads for libraries that start them themselves.
@SuppressWarnings("NullAway") // provokes what it warns of
class ThreadFactoryTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  @Test
  @DisplayName("A thread of the factory is a goroutine of its scheduler, counted while it runs")
  void isGoroutine() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    AtomicReference<Goroutine> self = new AtomicReference<>();
    AtomicReference<Scheduler> current = new AtomicReference<>();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread thread =
        scheduler
            .threadFactory()
            .newThread(
                () -> {
                  self.set(Goroutine.current());
                  current.set(Scheduler.current());
                  running.countDown();
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    assertEquals(Thread.State.NEW, thread.getState());
    assertTrue(thread.isVirtual());
    assertEquals(0, scheduler.numGoroutine(), "not started");
    thread.start();
    Await.zero(running, "it runs");
    Goroutine goroutine = self.get();
    assertNotNull(goroutine);
    assertSame(thread, goroutine.thread());
    assertSame(scheduler, goroutine.scheduler());
    assertSame(scheduler, current.get());
    assertEquals(1, scheduler.numGoroutine());
    assertEquals(List.of(goroutine), scheduler.goroutines());
    release.countDown();
    assertTrue(goroutine.join(LONG));
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("What a thread of the factory throws reaches the builder's handler")
  void uncaught() throws InterruptedException {
    List<Throwable> reports = Collections.synchronizedList(new ArrayList<>());
    Scheduler scheduler =
        schedulers.start(
            TestSchedulers.builder()
                .procs(2)
                .uncaughtExceptionHandler((thread, thrown) -> reports.add(thrown)));
    RuntimeException expected = new IllegalStateException("expected");
    Thread thread =
        scheduler
            .threadFactory()
            .newThread(
                () -> {
                  throw expected;
                });
    thread.start();
    thread.join();
    assertEquals(List.of(expected), reports);
  }

  @Test
  @DisplayName("A thread can be started once")
  void startedOnce() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    Thread thread = scheduler.threadFactory().newThread(() -> {});
    thread.start();
    assertThrows(IllegalThreadStateException.class, thread::start);
    thread.join();
    assertThrows(IllegalThreadStateException.class, thread::start);
    Await.until(() -> scheduler.numGoroutine() == 0, "none is left");
  }

  @Test
  @DisplayName("A factory of a closed scheduler refuses")
  void refuses() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    ThreadFactory factory = scheduler.threadFactory();
    Thread before = factory.newThread(() -> {});
    before.start();
    before.join();
    scheduler.close();
    RejectedExecutionException thrown =
        assertThrows(RejectedExecutionException.class, () -> factory.newThread(() -> {}));
    assertTrue(thrown.getMessage().contains("closed]"), thrown.getMessage());
    assertThrows(
        RejectedExecutionException.class, () -> scheduler.threadFactory().newThread(() -> {}));
  }

  @Test
  @DisplayName("A thread made before close and started after it is refused where that can be done")
  void startedLate() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    AtomicReference<Goroutine> self = new AtomicReference<>();
    Thread late = scheduler.threadFactory().newThread(() -> self.set(Goroutine.current()));
    assertEquals(List.of(), scheduler.close(LONG));
    if (TestMode.current().isGpm()) {
      RejectedExecutionException thrown =
          assertThrows(RejectedExecutionException.class, late::start);
      assertTrue(thrown.getMessage().contains("closed]"), thrown.getMessage());
      assertTrue(late.join(LONG));
      assertNull(self.get());
    } else {
      late.start();
      assertTrue(late.join(LONG));
      assertSame(scheduler, self.get().scheduler());
    }
    Await.until(() -> scheduler.numGoroutine() == 0, "none is left");
    assertEquals(List.of(), scheduler.goroutines());
  }

  @Test
  @DisplayName("A task of an executor's whose thread cannot start is refused by the executor")
  void executorIsTold() {
    Scheduler scheduler = schedulers.start();
    AtomicBoolean ran = new AtomicBoolean();
    ThreadFactory closing =
        task -> {
          Thread thread = scheduler.threadFactory().newThread(task);
          scheduler.close();
          return thread;
        };
    try (ExecutorService executor = Executors.newThreadPerTaskExecutor(closing)) {
      if (TestMode.current().isGpm()) {
        assertThrows(RejectedExecutionException.class, () -> executor.submit(() -> ran.set(true)));
      } else {
        assertNotNull(executor.submit(() -> ran.set(true)));
      }
    }
    assertEquals(!TestMode.current().isGpm(), ran.get());
  }

  @Test
  @DisplayName("A null task is refused by the factory")
  @SuppressWarnings("NullAway")
  void nullTask() {
    ThreadFactory factory = schedulers.start().threadFactory();
    assertEquals(
        "task",
        assertThrows(NullPointerException.class, () -> factory.newThread(null)).getMessage());
    assertNull(Goroutine.current());
  }
}
