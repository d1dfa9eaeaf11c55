package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Closing while goroutines are started from inside and outside, switch, and block.
@Tag("gpm")
class CloseUnderLoadTest {

  /// A goroutine that was started, and whether its body has run to the end.
  private record Started(Goroutine goroutine, AtomicBoolean ended) {}

  private final Queue<Started> started = new ConcurrentLinkedQueue<>();
  private final Semaphore room = new Semaphore(200);
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger turns = new AtomicInteger();

  @Test
  @DisplayName("SCH-35: each goroutine is refused, or ran to its end, or is among the survivors")
  void nothingIsLost() throws Exception {
    for (int round = 0; round < Scale.times(10); round++) {
      closeOnce(new CloseUnderLoadTest());
    }
  }

  private static void closeOnce(CloseUnderLoadTest test) throws Exception {
    Scheduler scheduler = Scheduler.builder().procs(2).build();
    List<Thread> starters = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      starters.add(Thread.ofPlatform().daemon().start(() -> test.startUntilClosed(scheduler)));
    }
    test.start(scheduler, () -> test.startUntilClosed(scheduler));
    Await.until(() -> test.started.size() > 100, "some have started");
    Set<Goroutine> survivors = new HashSet<>(scheduler.close(Duration.ofMillis(50)));
    for (Thread starter : starters) {
      starter.join();
    }
    for (Started each : test.started) {
      assertTrue(
          each.ended.get() || survivors.contains(each.goroutine),
          () -> each + " is neither ended nor a survivor: " + scheduler.stats());
    }
    assertFalse(survivors.isEmpty(), "some ignore their interruption");
    test.never.countDown();
    assertEquals(List.of(), scheduler.close(Duration.ofSeconds(60)));
    for (Started each : test.started) {
      SchedulerTesting.join(each.goroutine);
      assertTrue(each.ended.get(), each::toString);
    }
    assertEquals(0, scheduler.numGoroutine());
    Core core = SchedulerTesting.core(scheduler);
    for (Machine machine : core.table.all()) {
      machine.join();
    }
    assertEquals(0, core.global.size());
  }

  private void startUntilClosed(Scheduler scheduler) {
    try {
      for (; ; ) {
        room.acquireUninterruptibly();
        Body body = nextBody();
        start(
            scheduler,
            () -> {
              room.release();
              body.run();
            });
      }
    } catch (RejectedExecutionException closed) {
      assertTrue(scheduler.isClosed());
      room.release();
    }
  }

  private Body nextBody() {
    return switch (turns.getAndIncrement() % 64) {
      case 0 -> this::blockStubbornly;
      case 1, 2, 3, 4 -> this::block;
      default -> CloseUnderLoadTest::switchOften;
    };
  }

  private void start(Scheduler scheduler, Body body) {
    AtomicBoolean ended = new AtomicBoolean();
    Goroutine goroutine =
        scheduler.go(
            () -> {
              try {
                body.run();
              } finally {
                ended.set(true);
              }
            });
    started.add(new Started(goroutine, ended));
  }

  private static void switchOften() {
    for (int i = 0; i < 5; i++) {
      Thread.yield();
      Scheduler.yieldCurrent();
    }
  }

  @SuppressWarnings("InterruptedExceptionSwallowed") // being interrupted is one of its two ends
  private void block() {
    try {
      never.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void blockStubbornly() {
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException ignored) {
        Thread.onSpinWait(); // goes on waiting, as if it did not care
      }
    }
  }
}
