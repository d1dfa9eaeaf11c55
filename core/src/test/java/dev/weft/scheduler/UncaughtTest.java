package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Where an exception goes that a goroutine does not catch.
class UncaughtTest {
  private record Report(Thread thread, Throwable thrown, Thread reportedOn) {}

  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private final List<Report> reports = Collections.synchronizedList(new ArrayList<>());
  private final List<Report> defaultReports = Collections.synchronizedList(new ArrayList<>());
  private @Nullable UncaughtExceptionHandler defaultBefore;

  @BeforeEach
  void takeOverDefault() {
    defaultBefore = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> defaultReports.add(new Report(thread, thrown, Thread.currentThread())));
  }

  @AfterEach
  void restoreDefault() {
    Thread.setDefaultUncaughtExceptionHandler(defaultBefore);
  }

  private Scheduler startWith(UncaughtExceptionHandler handler) {
    return schedulers.start(TestSchedulers.builder().procs(2).uncaughtExceptionHandler(handler));
  }

  private void note(Thread thread, Throwable thrown) {
    reports.add(new Report(thread, thrown, Thread.currentThread()));
  }

  private static Body throwing(Throwable thrown) {
    return () -> {
      throw thrown;
    };
  }

  private static void assertSchedulerWorks(Scheduler scheduler) throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      Goroutine goroutine = scheduler.go(Thread::yield);
      goroutine.join();
      assertNull(goroutine.failure());
    }
  }

  @Test
  @DisplayName("SCH-40: an uncaught exception reaches the builder's handler exactly once")
  void builderHandler() throws InterruptedException {
    Scheduler scheduler = startWith(this::note);
    for (Throwable thrown :
        new Throwable[] {new Exception("checked"), new Error("error"), new Throwable("bare")}) {
      reports.clear();
      Goroutine goroutine = scheduler.go(throwing(thrown));
      goroutine.join();
      assertEquals(List.of(new Report(goroutine.thread(), thrown, goroutine.thread())), reports);
      assertSame(thrown, goroutine.failure());
    }
    assertEquals(List.of(), defaultReports);
    assertSchedulerWorks(scheduler);
  }

  @Test
  @DisplayName("SCH-40: without one it reaches the default handler exactly once")
  void defaultHandler() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    Throwable thrown = new Exception("expected");
    Goroutine goroutine = scheduler.go(throwing(thrown));
    goroutine.join();
    assertEquals(
        List.of(new Report(goroutine.thread(), thrown, goroutine.thread())), defaultReports);
  }

  @Test
  @DisplayName("SCH-40: a handler of the thread itself goes before the builder's")
  void threadHandler() throws InterruptedException {
    Scheduler scheduler = startWith((thread, thrown) -> defaultReports.clear());
    Throwable thrown = new Exception("expected");
    Goroutine goroutine =
        scheduler.go(
            () -> {
              Thread.currentThread().setUncaughtExceptionHandler(this::note);
              throw thrown;
            });
    goroutine.join();
    assertEquals(List.of(new Report(goroutine.thread(), thrown, goroutine.thread())), reports);
  }

  @Test
  @DisplayName("SCH-40: the others go on, and the goroutine counts until its handler is done")
  void aliveInHandler() throws InterruptedException {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Scheduler scheduler =
        startWith(
            (thread, thrown) -> {
              note(thread, thrown);
              inHandler.countDown();
              awaitUninterruptibly(release);
            });
    Goroutine goroutine = scheduler.go(throwing(new Exception("expected")));
    Await.zero(inHandler, "the handler is called");
    assertSchedulerWorks(scheduler);
    assertEquals(1, scheduler.numGoroutine());
    assertTrue(goroutine.failure() instanceof Exception, "known before the handler is called");
    assertEquals(List.of(goroutine), scheduler.goroutines());
    release.countDown();
    goroutine.join();
    assertEquals(0, scheduler.numGoroutine());
    assertEquals(1, reports.size());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      LockSupport.parkNanos(latch, 1_000_000);
    }
  }

  @Test
  @DisplayName("SCH-40: close waits for the handler of a goroutine that has failed")
  void closeWaitsForHandler() throws InterruptedException {
    CountDownLatch inHandler = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Scheduler scheduler =
        startWith(
            (thread, thrown) -> {
              inHandler.countDown();
              awaitUninterruptibly(release); // parks: it needs a machine to come back
              note(thread, thrown);
            });
    scheduler.go(throwing(new Exception("expected")));
    Await.zero(inHandler, "the handler is called");
    Thread closer = Thread.ofPlatform().start(scheduler::close);
    Await.until(() -> closer.getState() == Thread.State.TIMED_WAITING, "close waits");
    release.countDown();
    closer.join();
    assertEquals(1, reports.size(), "the handler was done before close returned");
  }

  @Test
  @DisplayName("SCH-40: what a handler throws reaches the default one, with what it was called for")
  void throwingHandler() throws InterruptedException {
    RuntimeException second = new IllegalStateException("the handler's own");
    Scheduler scheduler =
        startWith(
            (thread, thrown) -> {
              note(thread, thrown);
              throw second;
            });
    Throwable first = new Exception("expected");
    Goroutine goroutine = scheduler.go(throwing(first));
    goroutine.join();
    assertEquals(1, reports.size(), "called once");
    assertSame(first, goroutine.failure());
    Await.until(() -> !defaultReports.isEmpty(), "the default handler is called");
    assertEquals(1, defaultReports.size());
    assertSame(second, defaultReports.getFirst().thrown());
    assertSame(first, second.getSuppressed()[0]);
    assertSchedulerWorks(scheduler);
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("SCH-40: a throwing handler and a throwing default handler lose no goroutine")
  void everythingThrows() throws InterruptedException {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          defaultReports.add(new Report(thread, thrown, Thread.currentThread()));
          throw new IllegalStateException("the default handler's own");
        });
    Scheduler scheduler =
        startWith(
            (thread, thrown) -> {
              throw new IllegalStateException("the handler's own");
            });
    for (int i = 0; i < 20; i++) {
      Goroutine goroutine = scheduler.go(throwing(new Exception("expected")));
      goroutine.join();
      assertNotNull(goroutine.failure());
    }
    assertSchedulerWorks(scheduler);
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("SCH-40: a handler may start goroutines, and may end the goroutine with goexit")
  void handlerThatGoes() throws InterruptedException {
    AtomicReference<Goroutine> started = new AtomicReference<>();
    Scheduler scheduler =
        startWith(
            (thread, thrown) -> {
              started.set(dev.weft.Go.go(() -> note(thread, thrown)));
              dev.weft.Go.goexit();
            });
    Throwable thrown = new Exception("expected");
    Goroutine goroutine = scheduler.go(throwing(thrown));
    goroutine.join();
    Goroutine child = started.get();
    assertSame(scheduler, child.scheduler());
    child.join();
    assertSame(thrown, reports.getFirst().thrown());
    assertEquals(List.of(), defaultReports, "goexit is no failure");
  }
}
