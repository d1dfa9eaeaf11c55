package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Calls into the scheduler at every depth near the end of the stack: each either works or throws a
/// StackOverflowError and has done nothing.
class DeepRecursionTest {
  private static final int ROUNDS = 20;
  private static final int LEVELS = 600;

  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  /// Recurses until the stack overflows, and on the way back calls the action once on each of the
  /// last `LEVELS` levels.
  private static final class Descent {
    private final Runnable action;
    private int leftToTry;
    int overflows;
    int successes;

    Descent(Runnable action) {
      this.action = action;
    }

    void run() {
      leftToTry = LEVELS;
      descend(0, 0);
    }

    private void descend(int depth, long padding) {
      try {
        if ((depth & 1) == 0) {
          descend(depth + 1, padding + 1);
        } else {
          descendWider(depth + 1, padding, padding, padding, padding);
        }
      } catch (StackOverflowError bottom) {
        // turn round
      }
      if (leftToTry > 0) {
        tryAction();
      }
    }

    /// Frames of another size, so that the ends of the action's frames vary.
    private void descendWider(int depth, long a, long b, long c, long d) {
      descend(depth, a + b + c + d);
      if (leftToTry > 0) {
        tryAction();
      }
    }

    private void tryAction() {
      try {
        action.run();
        successes++;
        leftToTry--;
      } catch (StackOverflowError expected) {
        overflows++;
        leftToTry--;
      }
    }
  }

  @Test
  @DisplayName("go at every depth: it throws, or its body runs; all are counted and none is lost")
  void goes() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    AtomicInteger ran = new AtomicInteger();
    int overflows = 0;
    int successes = 0;
    for (int i = Scale.times(ROUNDS); i > 0; i--) {
      Descent descent = new Descent(() -> scheduler.go(ran::incrementAndGet));
      Goroutine goroutine = scheduler.go(descent::run);
      goroutine.join();
      assertNull(goroutine.failure());
      overflows += descent.overflows;
      successes += descent.successes;
    }
    int expected = successes;
    Await.until(() -> scheduler.numGoroutine() == 0, () -> "all end: " + scheduler);
    assertEquals(expected, ran.get());
    int seen = overflows;
    assertTrue(seen > 0 && expected > 0, () -> seen + " overflows, " + expected + " successes");
    assertWorks(scheduler);
  }

  private static void assertWorks(Scheduler scheduler) throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    Goroutine goroutine =
        scheduler.go(
            () -> {
              for (int i = 1; i <= 1_000; i++) {
                int n = i;
                scheduler.go(
                    () -> {
                      Scheduler.yieldCurrent();
                      sum.addAndGet(n);
                    });
              }
            });
    goroutine.join();
    Await.until(() -> scheduler.numGoroutine() == 0, () -> "all end: " + scheduler);
    assertEquals(500_500, sum.get());
  }
}
