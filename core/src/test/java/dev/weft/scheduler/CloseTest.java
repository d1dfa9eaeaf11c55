package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Goroutine.State;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The end of a scheduler, as its users see it.
@SuppressWarnings({"NullAway", "SameNameButDifferent"}) // provokes what it warns of
class CloseTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final CountDownLatch release = new CountDownLatch(1);
  private volatile boolean stubbornMayEnd;

  private static Scheduler start() {
    return TestSchedulers.builder().procs(2).name("closing").build();
  }

  private static Goroutine waiting(Goroutine goroutine) throws InterruptedException {
    Await.until(() -> goroutine.state() == State.WAITING, () -> goroutine + " waits");
    return goroutine;
  }

  /// A goroutine that ignores interrupts.
  private Goroutine goStubborn(Scheduler scheduler) throws InterruptedException {
    return waiting(
        scheduler.go(
            "stubborn",
            () -> {
              while (!stubbornMayEnd) {
                LockSupport.park(this);
                Thread.interrupted(); // or park would not block again
              }
            }));
  }

  private void letStubbornEnd(Goroutine stubborn) throws InterruptedException {
    stubbornMayEnd = true;
    LockSupport.unpark(stubborn.thread());
    stubborn.join();
  }

  /// Runs `close` on a thread of its own; its outcome is in the result once that has ended.
  private static Closer closeElsewhere(Scheduler scheduler, Duration grace) {
    Closer closer = new Closer(scheduler, grace);
    closer.start();
    return closer;
  }

  private static final class Closer extends Thread {
    private final Scheduler scheduler;
    private final Duration grace;
    volatile @Nullable List<Goroutine> survivors;
    volatile boolean interruptedAfterwards;

    Closer(Scheduler scheduler, Duration grace) {
      this.scheduler = scheduler;
      this.grace = grace;
    }

    @Override
    public void run() {
      survivors = scheduler.close(grace);
      interruptedAfterwards = Thread.currentThread().isInterrupted();
    }

    void awaitWaiting() throws InterruptedException {
      Await.until(
          () -> scheduler.isClosed() && getState() == State.TIMED_WAITING, "the closer waits");
    }
  }

  @Test
  @DisplayName("A closed scheduler starts no goroutine, and says so")
  void refuses() throws InterruptedException {
    Scheduler scheduler = start();
    assertFalse(scheduler.isClosed());
    assertEquals(List.of(), scheduler.close(LONG));
    assertTrue(scheduler.isClosed());
    AtomicBoolean ran = new AtomicBoolean();
    RejectedExecutionException refused =
        assertThrows(RejectedExecutionException.class, () -> scheduler.go(() -> ran.set(true)));
    assertTrue(refused.getMessage().contains("Scheduler[closing"), refused.getMessage());
    assertThrows(RejectedExecutionException.class, () -> scheduler.go("name", () -> {}));
    assertFalse(ran.get());
    assertEquals(0, scheduler.numGoroutine());
    assertTrue(scheduler.toString().endsWith("closed]"), scheduler.toString());
  }

  @Test
  @DisplayName("close waits for running goroutines, which may not start others any more")
  void waits() throws InterruptedException {
    Scheduler scheduler = start();
    AtomicReference<Throwable> refused = new AtomicReference<>();
    Goroutine goroutine =
        waiting(
            scheduler.go(
                () -> {
                  release.await();
                  refused.set(
                      assertThrows(
                          RejectedExecutionException.class, () -> dev.weft.Go.go(() -> {})));
                }));
    Closer closer = closeElsewhere(scheduler, LONG);
    closer.awaitWaiting();
    release.countDown();
    closer.join();
    assertEquals(List.of(), closer.survivors);
    goroutine.join();
    assertNull(goroutine.failure());
    assertNotNull(refused.get());
  }

  @Test
  @DisplayName("close interrupts those that have not ended after the grace, and waits again")
  void interrupts() throws InterruptedException {
    Scheduler scheduler = start();
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      scheduler.go(
          () -> {
            begun.countDown();
            assertThrows(InterruptedException.class, release::await);
            interrupted.set(true);
          });
    }
    Await.zero(begun, "both run");
    List<Goroutine> survivors = scheduler.close(Duration.ofMillis(1));
    for (Goroutine each : survivors) {
      each.join(); // the second grace may have been too short, on a slow machine
    }
    assertTrue(interrupted.get());
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("close(0) and less interrupts at once")
  void atOnce() throws InterruptedException {
    for (Duration grace :
        new Duration[] {
          Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE)
        }) {
      Scheduler scheduler = start();
      Goroutine goroutine =
          waiting(scheduler.go(() -> assertThrows(InterruptedException.class, release::await)));
      scheduler.close(grace);
      goroutine.join();
      assertNull(goroutine.failure());
    }
  }

  @Test
  @DisplayName("close reports the survivors, which go on and may end later")
  void survivors() throws InterruptedException {
    Scheduler scheduler = start();
    Goroutine stubborn = goStubborn(scheduler);
    assertEquals(List.of(stubborn), scheduler.close(Duration.ofMillis(1)));
    assertEquals(1, scheduler.numGoroutine());
    letStubbornEnd(stubborn);
    assertEquals(0, scheduler.numGoroutine());
    assertEquals(List.of(), scheduler.close(LONG), "closed again");
  }

  @Test
  @DisplayName("close() without survivors returns, however often it is called")
  void twice() {
    Scheduler scheduler = start();
    scheduler.go(() -> {});
    scheduler.close();
    scheduler.close();
    assertEquals(List.of(), scheduler.close(Duration.ZERO));
  }

  @Test
  @DisplayName("A second closer with a shorter grace does not wait for the first one")
  void impatientSecond() throws InterruptedException {
    Scheduler scheduler = start();
    Goroutine goroutine =
        waiting(scheduler.go(() -> assertThrows(InterruptedException.class, release::await)));
    Closer patient = closeElsewhere(scheduler, FOREVER);
    patient.awaitWaiting();
    scheduler.close(Duration.ZERO);
    goroutine.join();
    patient.join();
    assertEquals(List.of(), patient.survivors);
    assertNull(goroutine.failure());
  }

  @Test
  @DisplayName("Any number of closers are told of the end")
  void manyClosers() throws InterruptedException {
    Scheduler scheduler = start();
    waiting(scheduler.go(release::await));
    List<Closer> closers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      closers.add(closeElsewhere(scheduler, FOREVER));
    }
    for (Closer closer : closers) {
      closer.awaitWaiting();
    }
    release.countDown();
    for (Closer closer : closers) {
      closer.join();
      assertEquals(List.of(), closer.survivors);
    }
  }

  @Test
  @DisplayName("A closer that is interrupted interrupts the goroutines at once and keeps its flag")
  void interruptedCloser() throws InterruptedException {
    Scheduler scheduler = start();
    Goroutine goroutine =
        waiting(scheduler.go(() -> assertThrows(InterruptedException.class, release::await)));
    Closer closer = closeElsewhere(scheduler, FOREVER);
    closer.awaitWaiting();
    closer.interrupt();
    closer.join();
    goroutine.join();
    assertNull(goroutine.failure());
    assertTrue(closer.interruptedAfterwards);
    assertEquals(List.of(), closer.survivors);
  }

  @Test
  @DisplayName("A closer that is interrupted twice does not wait for the stubborn")
  void interruptedTwice() throws InterruptedException {
    Scheduler scheduler = start();
    Goroutine stubborn = goStubborn(scheduler);
    Closer closer = closeElsewhere(scheduler, FOREVER);
    closer.awaitWaiting();
    while (closer.isAlive()) {
      closer.interrupt();
      closer.join(1);
    }
    assertTrue(closer.interruptedAfterwards);
    assertEquals(List.of(stubborn), closer.survivors);
    letStubbornEnd(stubborn);
  }

  @Test
  @DisplayName("A closer whose flag is set and that need not wait keeps it")
  void flagIsKept() {
    Scheduler scheduler = start();
    Thread.currentThread().interrupt();
    assertEquals(List.of(), scheduler.close(LONG));
    assertTrue(Thread.interrupted());
  }

  @Test
  @DisplayName("A goroutine cannot close its own scheduler, which stays open")
  void ownScheduler() throws InterruptedException {
    Scheduler scheduler = start();
    Goroutine goroutine =
        scheduler.go(
            "closer",
            () -> {
              IllegalStateException thrown =
                  assertThrows(IllegalStateException.class, scheduler::close);
              assertTrue(thrown.getMessage().contains("\"closer\""), thrown.getMessage());
              assertThrows(IllegalStateException.class, () -> scheduler.close(LONG));
            });
    goroutine.join();
    assertNull(goroutine.failure());
    assertFalse(scheduler.isClosed());
    scheduler.close();
  }

  @Test
  @DisplayName("A goroutine can close another scheduler")
  void otherScheduler() throws InterruptedException {
    Scheduler scheduler = start();
    Scheduler other = start();
    Goroutine blocked = waiting(other.go(release::await));
    Goroutine closer = scheduler.go(() -> assertEquals(List.of(), other.close(LONG)));
    Await.until(() -> other.isClosed() && closer.state() == State.WAITING, "the closer waits");
    release.countDown();
    closer.join();
    blocked.join();
    assertNull(closer.failure());
    scheduler.close();
  }

  @Test
  @DisplayName("The default scheduler cannot be closed")
  void defaultScheduler() {
    Scheduler byDefault = Scheduler.defaultScheduler();
    IllegalStateException thrown = assertThrows(IllegalStateException.class, byDefault::close);
    assertTrue(thrown.getMessage().contains("default scheduler"), thrown.getMessage());
    assertThrows(IllegalStateException.class, () -> byDefault.close(Duration.ZERO));
    assertFalse(byDefault.isClosed());
  }

  @Test
  @DisplayName("A null grace is refused before anything happens")
  @SuppressWarnings("NullAway")
  void nullGrace() {
    Scheduler scheduler = start();
    assertThrows(NullPointerException.class, () -> scheduler.close(null));
    assertFalse(scheduler.isClosed());
    scheduler.close();
  }

  @Test
  @DisplayName("close races with go: every go either throws or runs its body before close returns")
  void racesWithGo() throws InterruptedException {
    for (int round = Scale.times(30); round > 0; round--) {
      Scheduler scheduler = start();
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger ran = new AtomicInteger();
      AtomicInteger children = new AtomicInteger();
      CountDownLatch started = new CountDownLatch(2);
      List<Thread> starters = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        starters.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      boolean open = true;
                      for (int n = 0; open; n++) {
                        open = goNested(scheduler, accepted, ran, children);
                        if (n == 50) {
                          started.countDown();
                        }
                      }
                    }));
      }
      Await.zero(started, "goroutines are started from two threads");
      List<Goroutine> survivors = scheduler.close(LONG);
      int ranAtClose = ran.get();
      for (Thread starter : starters) {
        starter.join();
      }
      assertEquals(List.of(), survivors);
      assertEquals(accepted.get(), ran.get());
      assertEquals(ranAtClose, ran.get(), "nothing runs after close");
      assertEquals(0, scheduler.numGoroutine());
    }
  }

  /// Starts a goroutine that starts another one; false if the scheduler is closed.
  private static boolean goNested(
      Scheduler scheduler, AtomicInteger accepted, AtomicInteger ran, AtomicInteger children) {
    try {
      scheduler.go(
          () -> {
            try {
              scheduler.go(
                  () -> {
                    children.incrementAndGet();
                    ran.incrementAndGet();
                  });
              accepted.incrementAndGet();
            } catch (RejectedExecutionException closed) {
              // allowed: then it is not counted as accepted
            }
            ran.incrementAndGet();
          });
      accepted.incrementAndGet();
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  @Test
  @DisplayName("close() complains about survivors by name")
  void complains() throws InterruptedException {
    Scheduler scheduler = start();
    Goroutine stubborn = goStubborn(scheduler);
    Thread closer = Thread.currentThread();
    // close() waits for half a minute, twice, unless it is interrupted.
    Thread impatient =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stubbornMayEnd) {
                    if (scheduler.isClosed()) {
                      closer.interrupt();
                    }
                    Thread.onSpinWait();
                  }
                });
    IllegalStateException thrown;
    try {
      thrown = assertThrows(IllegalStateException.class, scheduler::close);
    } finally {
      stubbornMayEnd = true;
      while (impatient.isAlive()) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
    assertTrue(thrown.getMessage().contains("\"stubborn\""), thrown.getMessage());
    assertTrue(thrown.getMessage().startsWith("1 goroutines"), thrown.getMessage());
    letStubbornEnd(stubborn);
    assertEquals(Set.of(), Set.copyOf(scheduler.goroutines()));
  }
}
