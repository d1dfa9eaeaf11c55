package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A hundred thousand goroutines that start each other in many shapes: each runs exactly once, and
/// the structures agree with each other afterwards.
@Tag("gpm")
@Tag("stress")
class FanOutStressTest {
  private static final long SEED = 42;

  private final int count = Scale.times(100_000);
  private final AtomicIntegerArray runs = new AtomicIntegerArray(count);
  private final CountDownLatch missing = new CountDownLatch(count);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  @DisplayName("A binary tree of goroutines that wait for nobody")
  void binaryTree(int procs) throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(procs).build()) {
      scheduler.go(() -> node(scheduler, 0));
      check(scheduler);
    }
  }

  private void node(Scheduler scheduler, int index) {
    for (int child = 2 * index + 1; child <= 2 * index + 2 && child < count; child++) {
      int started = child;
      scheduler.go(() -> node(scheduler, started));
    }
    ran(index);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  @DisplayName("Random shapes: wide and deep, some yield, some wait for those they started")
  void randomShape(int procs) throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(procs).build()) {
      scheduler.go(() -> range(scheduler, 0, count));
      check(scheduler);
    }
  }

  /// Accounts for the first of a range of indices, and gives the others to goroutines it starts.
  private void range(Scheduler scheduler, int from, int to) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(SEED + from);
    List<Goroutine> children = new ArrayList<>();
    int most = random.nextInt(10) == 0 ? 300 : 3;
    int step = Math.max(1, (to - from) / (1 + random.nextInt(most)));
    for (int low = from + 1; low < to; low += step) {
      int start = low;
      int end = (int) Math.min(to, (long) low + step);
      children.add(scheduler.go(() -> range(scheduler, start, end)));
    }
    switch (random.nextInt(8)) {
      case 0 -> joinAll(children);
      case 1 -> Thread.yield();
      case 2 -> Scheduler.yieldCurrent();
      default -> {}
    }
    ran(from);
  }

  private void ran(int index) {
    runs.getAndIncrement(index);
    missing.countDown();
  }

  private void check(Scheduler scheduler) throws InterruptedException {
    Await.zero(missing, "all run, seed " + SEED);
    checkAtRest(scheduler);
    for (int i = 0; i < count; i++) {
      assertEquals(1, runs.get(i), "runs of goroutine " + i + ", seed " + SEED);
    }
    assertEquals(0, scheduler.numGoroutine());
  }
}
