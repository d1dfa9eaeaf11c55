package dev.weft;

import static dev.weft.Go.go;
import static dev.weft.Go.goexit;
import static dev.weft.Go.gosched;
import static dev.weft.Go.numGoroutine;
import static dev.weft.Go.procs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.base.Goexit;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import dev.weft.testkit.TestMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The facade, from every kind of thread.
@SuppressWarnings({"NullAway", "UnnecessaryAsync"}) // provokes what it warns of
class GoTest {
  private final Scheduler scheduler =
      Scheduler.builder()
          .backend(TestMode.current().isGpm() ? Backend.GPM : Backend.JDK)
          .name("go-test")
          .procs(2)
          .build();

  @AfterEach
  void close() {
    scheduler.close();
  }

  /// Runs the body as a goroutine of `scheduler`, to its end.
  private void inGoroutine(Body body) throws InterruptedException {
    Goroutine goroutine = scheduler.go(body);
    goroutine.join();
    Throwable failure = goroutine.failure();
    if (failure != null) {
      throw new AssertionError("the goroutine failed", failure);
    }
  }

  /// Ways to run something on a thread that is no goroutine.
  static List<Thread.Builder> otherThreads() {
    return List.of(Thread.ofPlatform().name("platform"), Thread.ofVirtual().name("virtual"));
  }

  @Test
  @DisplayName("go runs its body on a new virtual thread, with the name that was given")
  void goes() throws InterruptedException {
    AtomicReference<Thread> ranOn = new AtomicReference<>();
    Goroutine plain = go(() -> ranOn.set(Thread.currentThread()));
    plain.join();
    assertSame(plain.thread(), ranOn.get());
    assertTrue(plain.thread().isVirtual());
    assertEquals("", plain.name());
    Goroutine named = go("worker 7", () -> ranOn.set(Thread.currentThread()));
    named.join();
    assertSame(named.thread(), ranOn.get());
    assertEquals("worker 7", named.name());
    assertEquals("worker 7", named.thread().getName());
  }

  @Test
  @DisplayName("Static calls act on the goroutine's own scheduler")
  void ownScheduler() throws InterruptedException {
    inGoroutine(
        () -> {
          assertSame(scheduler, Scheduler.current());
          Goroutine child = go(() -> assertSame(scheduler, Scheduler.current()));
          assertSame(scheduler, child.scheduler());
          assertSame(scheduler, go("named", () -> {}).scheduler());
          child.join();
          assertNull(child.failure());
          assertEquals(scheduler.procs(), procs());
          assertEquals(scheduler.procs(), procs(0));
        });
  }

  @ParameterizedTest
  @MethodSource("otherThreads")
  @DisplayName("Static calls act on the default scheduler everywhere else")
  void defaultScheduler(Thread.Builder other) throws InterruptedException {
    Scheduler byDefault = Scheduler.defaultScheduler();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        other.unstarted(
            () -> {
              assertSame(byDefault, Scheduler.current());
              assertSame(byDefault, go(() -> {}).scheduler());
              assertEquals(byDefault.procs(), procs());
              gosched();
            });
    thread.setUncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown));
    thread.start();
    thread.join();
    assertNull(failure.get());
  }

  @Test
  @DisplayName("A virtual thread that a goroutine starts is no goroutine, and uses the default")
  void foreignThread() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    inGoroutine(
        () -> {
          Thread foreign =
              Thread.ofVirtual()
                  .unstarted(
                      () -> {
                        assertNull(Goroutine.current());
                        assertSame(Scheduler.defaultScheduler(), Scheduler.current());
                        assertSame(Scheduler.defaultScheduler(), go(() -> {}).scheduler());
                        gosched();
                        assertThrows(IllegalStateException.class, Go::goexit);
                      });
          foreign.setUncaughtExceptionHandler((ignored, thrown) -> failure.set(thrown));
          foreign.start();
          foreign.join();
        });
    assertNull(failure.get());
  }

  @Test
  @DisplayName("Goroutine.current is the goroutine itself, and null on other threads")
  void current() throws InterruptedException {
    assertNull(Goroutine.current());
    CountDownLatch known = new CountDownLatch(1);
    AtomicReference<Goroutine> handle = new AtomicReference<>();
    AtomicReference<Goroutine> self = new AtomicReference<>();
    handle.set(
        scheduler.go(
            () -> {
              self.set(Goroutine.current());
              known.countDown();
            }));
    known.await();
    assertSame(handle.get(), self.get());
  }

  @Test
  @DisplayName("SCH-37: a null body is refused in the caller, and starts nothing")
  void nullBody() throws InterruptedException {
    inGoroutine(
        () -> {
          int before = numGoroutine();
          Body none = absent();
          NullPointerException thrown = assertThrows(NullPointerException.class, () -> go(none));
          assertEquals("go of a null body", thrown.getMessage());
          thrown = assertThrows(NullPointerException.class, () -> go("name", none));
          assertEquals("go of a null body", thrown.getMessage());
          String noName = absent();
          thrown = assertThrows(NullPointerException.class, () -> go(noName, () -> {}));
          assertTrue(thrown.getMessage().contains("name"), thrown.getMessage());
          assertEquals(before, numGoroutine());
        });
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // a null that lies about itself
  private static <T> T absent() {
    return null;
  }

  @Test
  @DisplayName("SCH-37: the body is evaluated in the caller: what that throws, the caller gets")
  void evaluatedInCaller() throws InterruptedException {
    inGoroutine(
        () -> {
          int before = numGoroutine();
          assertThrows(ArithmeticException.class, () -> go(bodyThatCannotBeMade()));
          assertEquals(before, numGoroutine());
        });
  }

  private static Body bodyThatCannotBeMade() {
    throw new ArithmeticException("no body");
  }

  @Test
  @DisplayName("SCH-33: goexit runs finally blocks, ends only this goroutine and is no failure")
  void goexitUnwinds() throws InterruptedException {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Goroutine goroutine =
        scheduler.go(
            () -> {
              try {
                try {
                  leave();
                  seen.add("went on");
                } finally {
                  seen.add("inner");
                }
              } finally {
                seen.add("outer");
              }
            });
    goroutine.join();
    assertEquals(List.of("inner", "outer"), seen);
    assertTrue(goroutine.isDone());
    assertNull(goroutine.failure());
    inGoroutine(() -> seen.add("others go on"));
  }

  private static void leave() {
    goexit();
  }

  @Test
  @DisplayName("SCH-33: goexit in main's stead: the goroutines it started go on")
  void goexitLeavesChildren() throws InterruptedException {
    CountDownLatch parentGone = new CountDownLatch(1);
    AtomicReference<Goroutine> child = new AtomicReference<>();
    Goroutine parent =
        scheduler.go(
            () -> {
              child.set(go(parentGone::await));
              goexit();
            });
    parent.join();
    assertFalse(child.get().isDone());
    parentGone.countDown();
    child.get().join();
    assertNull(child.get().failure());
  }

  @ParameterizedTest
  @MethodSource("otherThreads")
  @DisplayName("SCH-33: goexit off a goroutine is an IllegalStateException that names the thread")
  void goexitElsewhere(Thread.Builder other) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = other.unstarted(Go::goexit);
    thread.setUncaughtExceptionHandler((ignored, failure) -> thrown.set(failure));
    thread.start();
    thread.join();
    IllegalStateException refused = (IllegalStateException) thrown.get();
    assertTrue(refused.getMessage().contains(thread.getName()), refused.getMessage());
  }

  @Test
  @DisplayName("SCH-33: a careless catch (Throwable) stops goexit, and the goroutine goes on")
  void carelessCatch() throws InterruptedException {
    AtomicReference<Throwable> caught = new AtomicReference<>();
    AtomicBoolean wentOn = new AtomicBoolean();
    inGoroutine(
        () -> {
          try {
            goexit();
          } catch (Throwable careless) {
            caught.set(careless);
          }
          gosched();
          wentOn.set(true);
        });
    assertSame(Goexit.INSTANCE, caught.get());
    assertTrue(wentOn.get());
  }

  @Test
  @DisplayName("SCH-32: numGoroutine counts from the go statement on, and blocked ones, too")
  void counts() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    List<Goroutine> blocked = new ArrayList<>();
    inGoroutine(
        () -> {
          assertEquals(1, numGoroutine());
          for (int i = 1; i <= 10; i++) {
            blocked.add(go(release::await));
            assertEquals(1 + i, numGoroutine());
          }
          for (Goroutine each : blocked) {
            Await.until(() -> each.state() == Goroutine.State.WAITING, "it waits");
          }
          assertEquals(11, numGoroutine());
        });
    assertEquals(10, scheduler.numGoroutine());
    assertEquals(10, scheduler.goroutines().size());
    assertTrue(scheduler.goroutines().containsAll(blocked));
    release.countDown();
    for (Goroutine each : blocked) {
      each.join();
    }
    assertEquals(0, scheduler.numGoroutine());
    assertEquals(List.of(), scheduler.goroutines());
  }

  @Test
  @DisplayName("SCH-32: virtual threads that a goroutine starts do not count")
  void foreignDoNotCount() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<Thread> foreign = new AtomicReference<>();
    inGoroutine(
        () -> {
          CountDownLatch runs = new CountDownLatch(1);
          foreign.set(
              Thread.startVirtualThread(
                  () -> {
                    runs.countDown();
                    awaitQuietly(release);
                  }));
          runs.await();
          assertEquals(1, numGoroutine());
        });
    assertEquals(0, scheduler.numGoroutine());
    release.countDown();
    foreign.get().join();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("SCH-32: one that has ended by failure or goexit does not count")
  void endedDoNotCount() throws InterruptedException {
    Scheduler quiet =
        TestMode.current().isGpm()
            ? Scheduler.builder().uncaughtExceptionHandler((t, e) -> {}).build()
            : Scheduler.builder()
                .backend(Backend.JDK)
                .uncaughtExceptionHandler((t, e) -> {})
                .build();
    try (quiet) {
      Goroutine failing =
          quiet.go(
              () -> {
                throw new Exception("expected");
              });
      Goroutine leaving = quiet.go(Go::goexit);
      failing.join();
      leaving.join();
      assertEquals(0, quiet.numGoroutine());
    }
  }

  @Test
  @DisplayName(
      "SCH-39: goroutine ids are different, and increase in the order of the go statements")
  void ids() throws InterruptedException {
    long previous = 0;
    List<Goroutine> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Goroutine goroutine = scheduler.go(() -> {});
      assertTrue(goroutine.id() > previous, "ids increase");
      previous = goroutine.id();
      all.add(goroutine);
    }
    for (Goroutine goroutine : all) {
      goroutine.join();
      assertEquals(goroutine.thread().threadId(), goroutine.id());
    }
    Goroutine later = scheduler.go(() -> {});
    assertTrue(later.id() > previous, "ids are not used again");
    later.join();
    assertNotEquals(later.id(), go(() -> {}).id(), "not even by another scheduler");
  }
}
