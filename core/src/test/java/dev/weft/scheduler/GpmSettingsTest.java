package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the settings of a gpm scheduler do.
@SuppressWarnings({"InfiniteRecursion", "NullAway"}) // provokes what it warns of
@Tag("gpm")
class GpmSettingsTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private static Scheduler.Builder gpm() {
    return Scheduler.builder().backend(Backend.GPM);
  }

  @Test
  @DisplayName("The name is what the names of its threads begin with; they are daemons")
  void name() throws InterruptedException {
    Scheduler scheduler = schedulers.start(gpm().procs(2).name("loom-room"));
    List<String> names = new ArrayList<>();
    Goroutine goroutine =
        scheduler.go(
            () -> {
              Thread carrier = CarrierAccess.currentCarrier();
              assertTrue(carrier.isDaemon());
              names.add(carrier.getName());
            });
    goroutine.join();
    assertNull(goroutine.failure());
    assertTrue(names.getFirst().matches("loom-room-m[01]"), names.getFirst());
    for (Machine machine : TestSchedulers.core(scheduler).table.all()) {
      assertTrue(machine.isDaemon());
      assertTrue(machine.getName().startsWith("loom-room-m"), machine.getName());
    }
  }

  @Test
  @DisplayName("A larger carrier stack lets a goroutine call deeper")
  void stackSize() throws InterruptedException {
    int small = depthWith(512 * 1024);
    int large = depthWith(16 * 1024 * 1024);
    assertTrue(large > 4 * small, () -> small + " calls in 512 KiB, " + large + " in 16 MiB");
  }

  private int depthWith(long stackSize) throws InterruptedException {
    Scheduler scheduler = schedulers.start(gpm().procs(1).carrierStackSize(stackSize));
    int[] depth = new int[1];
    Goroutine goroutine =
        scheduler.go(
            () -> {
              try {
                descend(depth);
              } catch (StackOverflowError expected) {
                Scheduler.yieldCurrent(); // the goroutine goes on
              }
            });
    goroutine.join();
    assertNull(goroutine.failure());
    return depth[0];
  }

  private static void descend(int[] depth) {
    depth[0]++;
    descend(depth);
    depth[0] += 0; // so that this is no tail call, for whoever wonders
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  @DisplayName("SCH-30: procs(n) with n < 1 reads, else returns the number before")
  void procs(int start) {
    Scheduler scheduler = schedulers.start(gpm().procs(start).maxThreads(9));
    assertEquals(start, scheduler.procs());
    assertEquals(start, scheduler.procs(0));
    assertEquals(start, scheduler.procs(-1));
    assertEquals(start, scheduler.procs(Integer.MIN_VALUE));
    assertEquals(start, scheduler.procs(9));
    assertEquals(9, scheduler.procs(1));
    assertEquals(1, scheduler.procs(1));
    assertEquals(1, scheduler.procs());
  }

  @Test
  @DisplayName("SCH-30: procs(n) beyond maxThreads is refused and changes nothing")
  void procsBeyondThreads() {
    Scheduler scheduler = schedulers.start(gpm().procs(2).maxThreads(3));
    for (int n : new int[] {4, 65_535, Integer.MAX_VALUE}) {
      IllegalArgumentException thrown =
          assertThrows(IllegalArgumentException.class, () -> scheduler.procs(n));
      assertTrue(thrown.getMessage().startsWith("procs(" + n + ")"), thrown.getMessage());
      assertTrue(thrown.getMessage().contains("maxThreads"), thrown.getMessage());
    }
    assertEquals(2, scheduler.procs());
    assertEquals(2, TestSchedulers.core(scheduler).permitted());
  }

  @Test
  @DisplayName("SCH-30: more processors make more goroutines run at the same time")
  void moreProcs() throws InterruptedException {
    Scheduler scheduler = schedulers.start(gpm().procs(1).maxThreads(4));
    scheduler.procs(4);
    CountDownLatch together = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      scheduler.go(
          () -> {
            together.countDown();
            while (together.getCount() > 0) {
              CarrierAccess.osYield();
            }
          });
    }
    Await.zero(together, "four run at the same time");
  }

  @Test
  @DisplayName("There are never more than maxThreads carrier threads")
  void maxThreads() throws InterruptedException {
    Scheduler scheduler = schedulers.start(gpm().procs(1).maxThreads(3));
    CountDownLatch three = new CountDownLatch(3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Goroutine> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(
          scheduler.go(
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                three.countDown();
                while (three.getCount() > 0) { // keeps its machine until two spares have come
                  CarrierAccess.osYield();
                }
                running.decrementAndGet();
              }));
    }
    for (Goroutine each : all) {
      each.join();
    }
    assertTrue(most.get() <= 3, () -> most + " at once");
    assertTrue(scheduler.stats().threads() <= 3, () -> "" + scheduler.stats());
    assertTrue(scheduler.stats().spareThreads() >= 2, () -> "" + scheduler.stats());
  }
}
