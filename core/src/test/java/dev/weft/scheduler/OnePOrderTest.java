package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In which order goroutines run when there is one processor and nobody interferes.
@Tag("gpm")
class OnePOrderTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  // Written by goroutines that run on one thread, one after the other.
  private final List<Integer> order = new ArrayList<>();
  private boolean woken;

  private Scheduler scheduler;
  private Processor processor;

  @BeforeEach
  void start() {
    scheduler = schedulers.startSingle();
    processor = TestSchedulers.core(scheduler).table.all()[0].processor;
  }

  /// Runs the body as a goroutine, and waits until no goroutine is left.
  private void run(Body main) throws InterruptedException {
    Goroutine goroutine = scheduler.go(main);
    goroutine.join();
    Await.until(() -> scheduler.numGoroutine() == 0, "all goroutines have ended");
    assertEquals(null, goroutine.failure());
  }

  /// Starts goroutines that note their numbers.
  private void goNoting(int from, int to) {
    for (int i = from; i < to; i++) {
      int id = i;
      scheduler.go(() -> order.add(id));
    }
  }

  /// Starts goroutines from outside, which puts them into the global queue, while the caller keeps
  /// the machine.
  private void injectNoting(int from, int to) {
    Thread outside = Thread.ofPlatform().start(() -> goNoting(from, to));
    while (outside.isAlive()) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100, 256, 257})
  @DisplayName("SCH-4: n <= 257 goroutines run in the order n-1, 0, 1, ..., n-2")
  void newestFirst(int n) throws InterruptedException {
    run(() -> goNoting(0, n));
    List<Integer> expected = new ArrayList<>(List.of(n - 1));
    IntStream.range(0, n - 1).forEach(expected::add);
    assertEquals(expected, order);
  }

  @Test
  @DisplayName("SCH-4: the creator goes on first, whatever it starts")
  void creatorFirst() throws InterruptedException {
    run(
        () -> {
          goNoting(0, 300);
          order.add(-1);
        });
    assertEquals(-1, order.getFirst());
    assertEquals(301, order.size());
  }

  @Test
  @DisplayName("SCH-6: of 258, the last is first, then 128 and on; 0..127 and 256 come from global")
  void spilled() throws InterruptedException {
    int[] tick = new int[1];
    run(
        () -> {
          tick[0] = processor.tick();
          goNoting(0, 258);
        });
    assertEquals(257, order.getFirst());
    int g0 = order.indexOf(0);
    assertTrue(g0 <= 62, () -> "SCH-8 lets G0 in within 61 dispatches, not at " + g0);
    List<Integer> local = order.stream().filter(id -> id >= 128 && id < 256).toList();
    assertEquals(IntStream.range(128, 256).boxed().toList(), local);
    List<Integer> global = order.stream().filter(id -> id < 128 || id == 256).toList();
    List<Integer> inOrder = new ArrayList<>(IntStream.range(0, 128).boxed().toList());
    inOrder.add(256);
    assertEquals(inOrder, global);
    assertEquals(model(tick[0], 258).drain(), order);
  }

  @ParameterizedTest
  @ValueSource(ints = {258, 300, 386, 387, 1000, 5000})
  @DisplayName("SCH-2, 3, 5, 8, 9: the order of many is that of the rules")
  void many(int n) throws InterruptedException {
    int[] tick = new int[1];
    run(
        () -> {
          tick[0] = processor.tick();
          goNoting(0, n);
        });
    assertEquals(model(tick[0], n).drain(), order);
  }

  private static OnePModel model(int tick, int n) {
    OnePModel model = new OnePModel(tick);
    for (int i = 0; i < n; i++) {
      model.ready(i);
    }
    return model;
  }

  @Test
  @DisplayName("SCH-2: a wake-up goes into runnext and kicks what is there to the ring tail")
  void wakeUps() throws InterruptedException {
    run(
        () -> {
          List<Thread> waiting = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            int id = i;
            waiting.add(scheduler.go(() -> parkThenNote(id)).thread());
          }
          Scheduler.yieldCurrent(); // until all have parked
          woken = true;
          waiting.forEach(LockSupport::unpark);
        });
    assertEquals(List.of(3, 0, 1, 2), order);
  }

  private void parkThenNote(int id) {
    while (!woken) {
      LockSupport.park();
    }
    order.add(id);
  }

  @Test
  @DisplayName("SCH-3: runnext inherits the time slice, any other dispatch begins one")
  void slices() throws InterruptedException {
    int[] ticks = new int[4];
    run(
        () -> {
          ticks[3] = processor.tick();
          for (int i = 0; i < 3; i++) {
            int id = i;
            scheduler.go(() -> ticks[id] = processor.tick());
          }
        });
    assertEquals(ticks[3], ticks[2], "runnext");
    assertEquals(ticks[3] + 1, ticks[0], "ring");
    assertEquals(ticks[3] + 2, ticks[1], "ring");
    assertNotEquals(0, ticks[3], "main came from the global queue, which counts");
  }

  @Test
  @DisplayName("SCH-8: at every 61st slice one of the global queue goes first, else none")
  void everySixtyFirst() throws InterruptedException {
    int[] tick = new int[1];
    run(
        () -> {
          tick[0] = processor.tick();
          injectNoting(1000, 1003);
          goNoting(0, 200);
        });
    OnePModel model = model(tick[0], 200);
    IntStream.range(1000, 1003).forEach(model::putGlobal);
    List<Integer> expected = model.drain();
    assertEquals(expected, order);
    // 199 runs in the slice of main, then the ring, one a slice.
    int first = order.indexOf(1000);
    assertEquals(61 - tick[0] + 1, first, "the first of the global queue");
    assertEquals(61, order.indexOf(1001) - first);
    assertEquals(61, order.indexOf(1002) - order.indexOf(1001));
  }

  @Test
  @DisplayName("SCH-8: runnext waits, too, when it is the global queue's turn")
  void globalBeforeRunNext() throws InterruptedException {
    run(
        () -> {
          while (processor.tick() % 61 != 0) {
            Scheduler.yieldCurrent(); // alone: each yield begins a slice
          }
          injectNoting(0, 2);
          scheduler.go(() -> order.add(2));
        });
    assertEquals(List.of(0, 2, 1), order);
  }
}
