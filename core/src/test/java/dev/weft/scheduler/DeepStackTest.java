package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.TestMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: a StackOverflowError can come with any call. A goroutine starts others at every depth
/// near its limit: a start either fails, and nothing is left of it, or the new goroutine runs.
@SuppressWarnings("InfiniteRecursion") // provokes what it warns of
class DeepStackTest {
  private static final int DEPTHS = 400;

  private final Scheduler scheduler =
      Scheduler.builder().procs(2).carrierStackSize(512 * 1024).build();
  private final AtomicInteger ran = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();
  private final List<Goroutine> started = new ArrayList<>(100_000);
  private int refused;
  private int left;

  @AfterEach
  void close() {
    if (!scheduler.isClosed()) {
      scheduler.close();
    }
  }

  @Test
  @DisplayName("go() at every depth near the end of the stack: it fails whole, or the body runs")
  void goAtEveryDepth() throws Exception {
    Body counting = ran::getAndIncrement;
    for (int round = 0; round < Scale.times(10); round++) {
      join(
          scheduler.go(
              () -> {
                for (int i = 0; i < 20; i++) {
                  left = DEPTHS;
                  scheduler.go(others::getAndIncrement); // the slot is full when it gets tight
                  descend(counting);
                }
              }));
    }
    joinAll(started);
    assertTrue(refused > 0, "it never got tight");
    assertEquals(started.size(), ran.get());
    assertEquals(Scale.times(10) * 20, others.get());
    assertEquals(0, scheduler.numGoroutine());
    if (TestMode.current().isGpm()) {
      checkAtRest(scheduler);
    }
  }

  @Test
  @Tag("gpm")
  @DisplayName(
      "unpark() at every depth: where it returns the goroutine runs, and others are not lost")
  void unparkAtEveryDepth() throws Exception {
    Goroutine[] parked = new Goroutine[DEPTHS];
    for (int i = 0; i < DEPTHS; i++) {
      parked[i] = scheduler.go(LockSupport::park);
    }
    for (Goroutine each : parked) {
      Await.state(each.thread(), Thread.State.WAITING);
    }
    boolean[] returned = new boolean[DEPTHS];
    left = DEPTHS;
    join(
        scheduler.go(
            () ->
                descendWith(
                    () -> {
                      LockSupport.unpark(parked[left].thread());
                      returned[left] = true;
                    })));
    int woken = 0;
    for (int i = 0; i < DEPTHS; i++) {
      if (returned[i]) {
        join(parked[i]);
        woken++;
      }
    }
    assertTrue(woken > 0 && woken < DEPTHS, woken + " unparks of " + DEPTHS + " returned");
    checkAtRest(scheduler);
    // Some of the others are lost for good: the JDK overflowed in the middle.
    scheduler.close(Duration.ZERO);
  }

  private void descendWith(Runnable action) {
    try {
      descendWith(action);
    } catch (StackOverflowError end) {
      // turn round
    }
    if (left > 0) {
      left--;
      try {
        action.run();
      } catch (StackOverflowError tight) {
        refused++;
      }
    }
  }

  /// Down to the end of the stack, and on the way back starts one goroutine in each frame.
  private void descend(Body body) {
    try {
      descend(body);
    } catch (StackOverflowError end) {
      // turn round
    }
    if (left > 0) {
      left--;
      try {
        started.add(scheduler.go(body));
      } catch (StackOverflowError tight) {
        refused++;
      }
    }
  }
}
