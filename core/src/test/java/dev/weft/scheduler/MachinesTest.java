package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Several machines and no monitor, which would find and mend what they miss.
@SuppressWarnings("NonAtomicVolatileUpdate") // provokes what it warns of
@Tag("gpm")
class MachinesTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private volatile boolean released;
  private volatile boolean shrunk;

  /// Keeps the calling goroutine's machine without giving it up, and without much of the CPU.
  private static void hogUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      CarrierAccess.osYield();
    }
  }

  /// Starts goroutines that keep a machine each until they are released; returns when they do.
  private void occupy(Scheduler scheduler, int machines) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(machines);
    for (int i = 0; i < machines; i++) {
      scheduler.go(
          () -> {
            running.countDown();
            hogUntil(() -> released);
          });
    }
    Await.zero(running, "machines occupied");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "4, 2", "100, 26", "1000, 128"})
  @DisplayName(
      "SCH-9, 10: of 4 processors, one takes min(size, size / 4 + 1, 128) of the global queue")
  void globalBatch(int size, int taken) throws InterruptedException {
    Scheduler scheduler = schedulers.startUnmonitored(4);
    Core core = TestSchedulers.core(scheduler);
    List<Integer> seen = new ArrayList<>(); // by the first of them, with the machine to itself
    CountDownLatch firstHasSeen = new CountDownLatch(1);
    CountDownLatch mainRuns = new CountDownLatch(1);
    AtomicInteger turn = new AtomicInteger();
    occupy(scheduler, 3);
    scheduler.go(
        () -> {
          mainRuns.countDown();
          hogUntil(() -> core.global.size() == size);
        });
    Await.zero(mainRuns, "the fourth machine is occupied");
    for (int i = 0; i < size; i++) {
      int id = i;
      scheduler.go(
          () -> {
            if (turn.getAndIncrement() == 0) {
              Machine machine = (Machine) CarrierAccess.currentCarrier();
              seen.addAll(List.of(id, core.global.size(), machine.processor.queue.size()));
              assertTrue(machine.processor.runNext.isEmpty(), "never into runnext");
              firstHasSeen.countDown();
            }
          });
    }
    Await.zero(firstHasSeen, "the first of the batch runs");
    released = true;
    TestSchedulers.awaitQuiet(scheduler);
    assertEquals(List.of(0, size - taken, taken - 1), seen, "first, left in global, in the ring");
    assertEquals(size, turn.get());
  }

  @Test
  @DisplayName("SCH-31: at a shrink runnext and then the ring go to the head of the global queue")
  void shrink() throws InterruptedException {
    Scheduler scheduler = schedulers.startUnmonitored(2);
    Core core = TestSchedulers.core(scheduler);
    List<Integer> order = new ArrayList<>(); // on the one machine that is left
    occupy(scheduler, 1);
    CountDownLatch queued = new CountDownLatch(1);
    scheduler.go(
        () -> {
          for (int i = 0; i < 50; i++) {
            int id = i;
            scheduler.go(() -> order.add(id));
          }
          queued.countDown();
          hogUntil(() -> shrunk); // procs is set first, and the machine told last
        });
    Await.zero(queued, "50 goroutines are queued on the second machine");
    for (int i = 100; i < 110; i++) {
      int id = i;
      scheduler.go(() -> order.add(id)); // from outside: they are in the global queue before
    }
    assertEquals(2, scheduler.procs(1));
    shrunk = true;
    Await.until(() -> core.control.active() == 1, "the second machine has gone idle");
    assertEquals(60, core.global.size());
    released = true;
    TestSchedulers.awaitQuiet(scheduler);
    List<Integer> expected = new ArrayList<>(List.of(49));
    IntStream.range(0, 49).forEach(expected::add);
    IntStream.range(100, 110).forEach(expected::add);
    assertEquals(expected, order);
  }

  @Test
  @DisplayName("SCH-30, 31: what is queued stays where it is if the machine may go on")
  void noShrinkOfTheLast() throws InterruptedException {
    Scheduler scheduler = schedulers.startUnmonitored(2);
    Core core = TestSchedulers.core(scheduler);
    List<Integer> left = new ArrayList<>();
    Goroutine main =
        scheduler.go(
            () -> {
              scheduler.go(() -> left.add(core.global.size()));
              assertEquals(2, scheduler.procs(1));
            });
    main.join();
    TestSchedulers.awaitQuiet(scheduler);
    assertEquals(null, main.failure());
    assertEquals(List.of(0), left);
    assertEquals(1, scheduler.procs());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  @DisplayName("SCH-18, 19, 20: woken one by one, all machines come into play")
  void ramp(int machines) throws InterruptedException {
    Scheduler scheduler = schedulers.startUnmonitored(machines);
    for (int round = Scale.times(50); round > 0; round--) {
      CountDownLatch together = new CountDownLatch(machines);
      CountDownLatch done = new CountDownLatch(machines);
      for (int i = 0; i < machines; i++) {
        scheduler.go(
            () -> {
              together.countDown();
              hogUntil(() -> together.getCount() == 0); // ends only if each has a machine
              done.countDown();
            });
      }
      Await.zero(done, "all machines run at the same time");
      TestSchedulers.awaitQuiet(scheduler);
    }
  }

  @Test
  @DisplayName("SCH-19: the ring of a goroutine that goes on computing spreads over the machines")
  void rampFromTheRing() throws InterruptedException {
    Scheduler scheduler = schedulers.startUnmonitored(3);
    for (int round = Scale.times(50); round > 0; round--) {
      AtomicInteger running = new AtomicInteger();
      Goroutine main =
          scheduler.go(
              () -> {
                for (int i = 0; i < 3; i++) { // the first two are kicked into the ring
                  scheduler.go(
                      () -> {
                        running.incrementAndGet();
                        hogUntil(() -> running.get() >= 2);
                      });
                }
                hogUntil(() -> running.get() >= 2);
              });
      main.join();
      TestSchedulers.awaitQuiet(scheduler);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @DisplayName("SCH-20: no wake-up is lost while machines go to sleep")
  void noLostWakeUp(int machines) throws InterruptedException {
    Scheduler scheduler = schedulers.startUnmonitored(machines);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int round = Scale.times(2_000); round > 0; round--) {
      Goroutine goroutine = scheduler.go(() -> {});
      goroutine.join();
      for (int i = random.nextInt(2_000); i > 0; i--) {
        Thread.onSpinWait(); // the machine is somewhere between its last look and its sleep
      }
    }
  }

  @Test
  @DisplayName("SCH-20: two goroutines on schedulers of one machine each wake each other reliably")
  void pingPongAcross() throws InterruptedException {
    Scheduler left = schedulers.startUnmonitored(1);
    Scheduler right = schedulers.startUnmonitored(1);
    Exchanges table = new Exchanges(Scale.times(5_000));
    Goroutine ping = left.go(() -> table.play(0));
    Goroutine pong = right.go(() -> table.play(1));
    table.players[0] = ping.thread();
    table.players[1] = pong.thread();
    table.serve();
    ping.join();
    pong.join();
    assertEquals(null, ping.failure());
    assertEquals(null, pong.failure());
  }

  /// A ball that two threads pass to each other by park and unpark.
  private static final class Exchanges {
    final Thread[] players = new Thread[2];
    private final CountDownLatch ready = new CountDownLatch(1);
    private final int last;
    private volatile int ball;

    Exchanges(int last) {
      this.last = last;
    }

    void serve() {
      ready.countDown();
    }

    void play(int self) throws InterruptedException {
      ready.await();
      while (ball < last) {
        if (ball % 2 == self) {
          ball = ball + 1;
          java.util.concurrent.locks.LockSupport.unpark(players[1 - self]);
        } else {
          java.util.concurrent.locks.LockSupport.park(this);
        }
      }
    }
  }
}
