package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.base.Body;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.timer.TimeSource;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Where goroutines go that yield, and those that a timer wakes, when there is one processor.
@Tag("gpm")
class OnePYieldTest {
  private static final int TURNS = 100;

  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  // Written by goroutines that run on one thread, one after the other.
  private final List<String> order = new ArrayList<>();

  private Scheduler scheduler;
  private Core core;

  @BeforeEach
  void start() {
    scheduler = schedulers.startSingle();
    core = TestSchedulers.core(scheduler);
  }

  private void run(Body main) throws InterruptedException {
    Goroutine goroutine = scheduler.go(main);
    goroutine.join();
    Await.until(() -> scheduler.numGoroutine() == 0, "all goroutines have ended");
    assertEquals(null, goroutine.failure());
  }

  private void goNoting(String... names) {
    for (String name : names) {
      scheduler.go(() -> order.add(name));
    }
  }

  /// From outside: into the global queue, while the caller keeps the machine.
  private void injectNoting(String... names) {
    Thread outside = Thread.ofPlatform().start(() -> goNoting(names));
    while (outside.isAlive()) {
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("SCH-11: gosched puts the goroutine at the tail of the global queue")
  void toGlobalTail() throws InterruptedException {
    run(
        () -> {
          injectNoting("global 1", "global 2");
          goNoting("local 1", "local 2");
          Scheduler.yieldCurrent();
          order.add("main");
        });
    assertEquals(List.of("local 2", "local 1", "global 1", "global 2", "main"), order);
  }

  @Test
  @DisplayName("SCH-11, MU-10: a yield to the readied goroutine puts the yielder at the ring tail")
  void toRingTail() throws InterruptedException {
    run(
        () -> {
          injectNoting("global 1", "global 2");
          goNoting("local 1", "readied");
          Runtime.get().yieldToReadied();
          order.add("main");
        });
    assertEquals(List.of("readied", "local 1", "main", "global 1", "global 2"), order);
  }

  @Test
  @DisplayName("SCH-11: what gosched meant for one yield does not stick to the next")
  void hintDoesNotStick() throws InterruptedException {
    run(
        () -> {
          Scheduler.yieldCurrent();
          injectNoting("global");
          goNoting("local");
          Runtime.get().yieldToReadied();
          order.add("main");
        });
    assertEquals(List.of("local", "main", "global"), order);
  }

  @Test
  @DisplayName("SCH-12: two goroutines that gosched in a loop alternate, but for every 61st slice")
  void alternate() throws InterruptedException {
    int[] tick = new int[1];
    Processor processor = core.table.all()[0].processor;
    run(
        () -> {
          tick[0] = processor.tick();
          scheduler.go(() -> noteAndYield("0"));
          scheduler.go(() -> noteAndYield("1"));
        });
    for (int i = 0; i < 58; i++) {
      assertEquals(i % 2 == 0 ? "1" : "0", order.get(i), () -> "not alternating: " + order);
    }
    OnePModel model = new OnePModel(tick[0]);
    model.ready(0);
    model.ready(1);
    List<String> expected = new ArrayList<>();
    int[] turns = new int[2];
    for (Integer id = model.dispatch(); id != null; id = model.dispatch()) {
      if (turns[id]++ < TURNS) {
        expected.add(id.toString());
        model.putGlobal(id);
      }
    }
    assertEquals(expected, order);
  }

  private void noteAndYield(String name) {
    for (int i = 0; i < TURNS; i++) {
      order.add(name);
      Scheduler.yieldCurrent();
    }
  }

  @Test
  @DisplayName(
      "SCH-12: with local work present the yielder runs after it, but for every 61st slice")
  void localWorkFirst() throws InterruptedException {
    int[] ticks = new int[2];
    Processor processor = core.table.all()[0].processor;
    run(
        () -> {
          for (int i = 0; i < 150; i++) {
            goNoting("local");
          }
          ticks[0] = processor.tick();
          Scheduler.yieldCurrent();
          order.add("main");
          ticks[1] = processor.tick();
        });
    assertEquals(1, ticks[1] % 61, "main came by the look at the global queue");
    assertEquals(ticks[1] - ticks[0], order.indexOf("main"), "after runnext and so many slices");
  }

  @Test
  @DisplayName("SCH-11: a goroutine that is alone goes on at once")
  void alone() throws InterruptedException {
    run(
        () -> {
          for (int i = 0; i < 1_000; i++) {
            Scheduler.yieldCurrent();
            Runtime.get().yieldToReadied();
          }
          order.add("main");
        });
    assertEquals(List.of("main"), order);
  }

  @Test
  @DisplayName("SCH-2, 7: due timers run before the queues; the last of them is the next to run")
  void timers() throws InterruptedException {
    long ahead = 20_000_000;
    while (!sleepersWereDueTogether(ahead)) {
      ahead *= 10; // the machine was stopped for so long
      order.clear();
    }
    assertEquals(List.of("timer 3", "local 1", "local 2", "timer 1", "timer 2"), order);
  }

  /// Whether all sleepers slept before the first was due.
  private boolean sleepersWereDueTogether(long ahead) throws InterruptedException {
    long deadline = TimeSource.now() + ahead;
    boolean[] inTime = new boolean[1];
    run(
        () -> {
          for (int i = 1; i <= 3; i++) {
            String name = "timer " + i;
            long due = deadline + i;
            scheduler.go(() -> sleepThenNote(name, due));
          }
          Scheduler.yieldCurrent(); // until all three sleep
          inTime[0] = TimeSource.now() < deadline;
          goNoting("local 1", "local 2");
          while (TimeSource.now() <= deadline + 3) {
            Thread.onSpinWait();
          }
        });
    return inTime[0];
  }

  private void sleepThenNote(String name, long deadline) {
    TimedWaits.sleepUntil(deadline);
    order.add(name);
  }
}
