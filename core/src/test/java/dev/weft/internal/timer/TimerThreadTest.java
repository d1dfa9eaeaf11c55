package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The thread that runs timers whose firing may block.
class TimerThreadTest {
  private static final long FAR = 3_600_000_000_000L;
  private static final long LONG_IDLE = FAR;

  /// Fires on the thread, and knows which one it was.
  private static class Probe extends TestNode {
    private final CountDownLatch fired = new CountDownLatch(1);
    private @Nullable Thread by;

    Probe(long deadline) {
      super(deadline);
    }

    @Override
    protected void fire(long now) {
      super.fire(now);
      by = Thread.currentThread();
      fired.countDown();
    }

    Thread await() throws InterruptedException {
      Await.zero(fired, "the firing");
      if (by == null) {
        throw new AssertionError();
      }
      return by;
    }
  }

  private static Probe soon() {
    return new Probe(TimeSource.deadlineAfter(1_000));
  }

  private static Probe late() {
    return new Probe(TimeSource.deadlineAfter(FAR));
  }

  @Test
  @DisplayName("There is no thread before there is a timer, and then one, a daemon")
  void lazy() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", LONG_IDLE);
    assertFalse(timers.isRunning());
    Probe first = soon();
    Probe second = soon();
    timers.add(first, 0);
    timers.add(second, 1);
    assertEquals(first.await(), second.await());
    assertTrue(first.await().isDaemon());
    assertEquals("weft-timers", first.await().getName());
    first.checkDecidedOnce();
    second.checkDecidedOnce();
  }

  @Test
  @DisplayName("TMR-20: a timer that is earlier than all others is fired in time, in any shard")
  void earlier() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", LONG_IDLE);
    for (int shard = 0; shard < 8; shard++) {
      Probe late = late();
      timers.add(late, shard);
      Probe soon = soon();
      timers.add(soon, shard);
      soon.await();
      assertTrue(late.cancelAndCount());
    }
    assertEquals(0, timers.pending());
  }

  @Test
  @DisplayName("The thread ends when it has nothing to do, and a new one is started for the next")
  void ends() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", 1_000_000);
    for (int i = 0; i < 5; i++) {
      Probe probe = soon();
      timers.add(probe, i);
      Thread thread = probe.await();
      Await.until(() -> !timers.isRunning(), "the thread ends");
      thread.join();
    }
  }

  @Test
  @DisplayName("It does not end while a timer is pending")
  void staysForPending() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", 1);
    Probe late = late();
    timers.add(late, 0);
    Probe probe = soon();
    timers.add(probe, 1);
    Thread thread = probe.await();
    Probe next = soon();
    timers.add(next, 1);
    assertEquals(thread, next.await());
    late.cancel();
    Probe last = soon();
    timers.add(last, 0);
    last.await();
    Await.until(() -> !timers.isRunning(), "the thread ends, as nothing is pending");
  }

  @Test
  @DisplayName("No timer is lost that is added while the thread ends")
  void addAgainstEnd() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", 1);
    int rounds = Scale.times(2_000);
    try (Crew crew = new Crew()) {
      Crew.Work adder =
          () -> {
            for (int i = 0; i < rounds; i++) {
              Probe probe = new Probe(TimeSource.now() + (i % 3) * 20_000L);
              timers.add(probe, i);
              probe.await();
              probe.checkDecidedOnce();
            }
          };
      crew.runTogether(List.of(adder, adder));
    }
    assertEquals(0, timers.pending());
  }

  @Test
  @DisplayName("An interrupt does not keep it from its work, nor awake")
  void interrupted() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", LONG_IDLE);
    Probe first = soon();
    timers.add(first, 0);
    Thread thread = first.await();
    for (int i = 0; i < 10; i++) {
      thread.interrupt();
      Probe next = soon();
      timers.add(next, i);
      assertEquals(thread, next.await());
    }
    Await.until(
        () -> !thread.isInterrupted() && thread.getState() == Thread.State.TIMED_WAITING,
        "it sleeps");
  }

  @Test
  @DisplayName("What a timer throws goes to the thread's handler, and the others are fired")
  void failure() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", LONG_IDLE);
    AtomicReference<@Nullable Throwable> reported = new AtomicReference<>();
    Probe failing =
        new Probe(TimeSource.now()) {
          @Override
          protected void fire(long now) {
            Thread.currentThread()
                .setUncaughtExceptionHandler(
                    (thread, thrown) -> {
                      reported.set(thrown);
                      throw new IllegalStateException("the handler fails too, on purpose");
                    });
            throw new OutOfMemoryError("on purpose");
          }
        };
    timers.add(failing, 0);
    Probe next = soon();
    timers.add(next, 0);
    next.await();
    assertEquals("java.lang.OutOfMemoryError: on purpose", String.valueOf(reported.get()));
    assertTrue(timers.isRunning());
  }

  @Test
  @DisplayName("A timer that there is no memory for is filed later, and nothing spins until then")
  void noRoom() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", LONG_IDLE, SmallShard::reportingTo);
    int enough = 50;
    CountDownLatch reports = new CountDownLatch(enough);
    CountDownLatch added = new CountDownLatch(1);
    Probe holdsUp =
        new Probe(TimeSource.now()) {
          @Override
          protected void fire(long now) {
            Thread.currentThread()
                .setUncaughtExceptionHandler((thread, thrown) -> reports.countDown());
            super.fire(now);
            try {
              Await.zero(added, "the others");
            } catch (InterruptedException unexpected) {
              throw new AssertionError(unexpected);
            }
          }
        };
    timers.add(holdsUp, 0);
    holdsUp.await();
    Probe due = soon();
    timers.add(due, 0); // the first, so it is filed last
    List<Probe> filed = new ArrayList<>();
    for (int i = 0; i < SmallShard.ROOM; i++) {
      filed.add(late());
      timers.add(filed.getLast(), 0);
    }
    long begin = System.nanoTime();
    added.countDown();
    Await.zero(reports, "reports of the shortage");
    assertTrue(System.nanoTime() - begin > enough * 500_000L, "it spins");
    assertFalse(due.isFired());
    filed.forEach(TimerNode::cancel);
    due.await();
  }

  @Test
  @DisplayName("Cancelled timers do not pile up")
  void cancelled() throws Exception {
    TimerThread timers = new TimerThread("weft-timers", LONG_IDLE);
    List<Probe> pending = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 100_000; i++) {
      Probe probe = late();
      timers.add(probe, i);
      if (i % 1_000 == 0) {
        pending.add(probe);
      } else {
        probe.cancel();
      }
    }
    Await.until( // while the thread is at it the number may be too low
        () -> timers.pending() == pending.size(), () -> timers.pending() + " are pending");
    Await.until(() -> timers.retained() < 2_000, () -> timers.retained() + " are kept");
    pending.forEach(TimerNode::cancel);
  }
}
