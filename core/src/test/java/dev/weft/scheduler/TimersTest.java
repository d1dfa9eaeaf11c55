package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many timed waits at once, with all machines idle and with all of them busy.
@Tag("gpm")
class TimersTest {
  private static final int WAITERS = 200;
  private static final int DELIVERED = Waiter.FIRST_PEER_CODE;
  private static final long MILLI = 1_000_000;

  /// A wait that anybody may decide.
  private record Open(Waiter waiter, long ticket) {}

  private final Scheduler scheduler = Scheduler.builder().procs(2).build();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicReferenceArray<@Nullable Open> open = new AtomicReferenceArray<>(WAITERS);
  private final AtomicIntegerArray deliveries = new AtomicIntegerArray(WAITERS);

  @AfterEach
  void close() {
    stop.set(true);
    scheduler.close();
  }

  @Test
  @DisplayName("TMR-19: timed waits end, none before its time, when nothing else runs")
  void whileIdle() throws Exception {
    joinAll(start(WAITERS, TimersTest::waitInVain));
    checkAtRest(scheduler);
  }

  @Test
  @DisplayName("TMR-19: an earlier timer that comes after a later one wakes the sleeping machines")
  void earlierAfterLater() throws Exception {
    AtomicInteger order = new AtomicInteger();
    List<Goroutine> all = new ArrayList<>();
    AtomicReferenceArray<@Nullable Open> late = new AtomicReferenceArray<>(1);
    all.addAll(
        start(
            1,
            () -> {
              Waiter waiter = Runtime.get().waiter();
              long ticket = waiter.arm();
              late.set(0, new Open(waiter, ticket));
              assertEquals(DELIVERED, await(waiter, ticket, 1_000_000 * MILLI));
              assertEquals(WAITERS, order.get());
            }));
    Await.until(() -> SchedulerTesting.core(scheduler).control.active() == 0, "all sleep");
    joinAll(
        start(
            WAITERS,
            () -> {
              waitInVain();
              order.getAndIncrement();
            }));
    Open last = Objects.requireNonNull(late.get(0));
    assertTrue(last.waiter.decide(last.ticket, DELIVERED));
    last.waiter.wake();
    joinAll(all);
    checkAtRest(scheduler);
  }

  @Test
  @DisplayName("SCH-7: timed waits end while goroutines that switch keep all machines busy")
  void whileOthersSwitch() throws Exception {
    List<Goroutine> busy =
        start(
            8,
            () -> {
              while (!stop.get()) {
                Thread.yield();
                Scheduler.yieldCurrent();
              }
            });
    joinAll(start(WAITERS, TimersTest::waitInVain));
    stop.set(true);
    joinAll(busy);
    checkAtRest(scheduler);
  }

  @Test
  @DisplayName("Timed waits end while goroutines that compute keep all machines busy")
  void whileOthersCompute() throws Exception {
    List<Goroutine> waiting = start(WAITERS, TimersTest::waitInVain);
    List<Goroutine> busy =
        start(
            2,
            () -> {
              while (!stop.get()) {
                Thread.onSpinWait();
              }
            });
    joinAll(waiting);
    stop.set(true);
    joinAll(busy);
    checkAtRest(scheduler);
  }

  @Test
  @DisplayName("Deadline, delivery and interrupt race: each wait ends in exactly one way")
  void endsInOneWay() throws Exception {
    int rounds = Scale.times(100);
    List<Goroutine> waiting = new ArrayList<>();
    for (int i = 0; i < WAITERS; i++) {
      int mine = i;
      waiting.add(scheduler.go(() -> waitOften(mine, rounds)));
    }
    List<Thread> peers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      boolean interrupts = i == 0;
      peers.add(Thread.ofPlatform().daemon().start(() -> sweep(interrupts)));
    }
    List<Goroutine> inside = start(1, () -> sweep(false));
    joinAll(waiting);
    stop.set(true);
    for (Thread peer : peers) {
      peer.join();
    }
    joinAll(inside);
    checkAtRest(scheduler);
  }

  private void waitOften(int mine, int rounds) {
    int delivered = 0;
    for (int round = 0; round < rounds; round++) {
      Waiter waiter = Runtime.get().waiter();
      long ticket = waiter.arm();
      open.set(mine, new Open(waiter, ticket));
      int outcome = await(waiter, ticket, ThreadLocalRandom.current().nextLong(2 * MILLI));
      if (outcome == DELIVERED) {
        delivered++;
      } else {
        assertTrue(outcome == Waiter.TIMED_OUT || outcome == Waiter.INTERRUPTED, "" + outcome);
      }
      assertEquals(outcome, waiter.outcome(ticket), "decided again");
    }
    open.set(mine, null);
    int counted = delivered;
    // Whoever decided the last one may not have counted yet.
    while (deliveries.get(mine) < counted && !stop.get()) {
      Scheduler.yieldCurrent();
    }
    assertEquals(counted, deliveries.get(mine));
  }

  private void sweep(boolean interrupts) {
    SplittableRandom random = new SplittableRandom(interrupts ? 1 : 2);
    while (!stop.get()) {
      int index = random.nextInt(WAITERS);
      Open wait = open.get(index);
      if (wait == null) {
        Thread.yield();
      } else if (interrupts) {
        wait.waiter.thread().interrupt();
        Thread.yield();
      } else if (wait.waiter.decide(wait.ticket, DELIVERED)) {
        deliveries.getAndIncrement(index);
        wait.waiter.wake();
      }
      if (random.nextInt(16) == 0) {
        LockSupport.parkNanos(10_000);
      }
    }
  }

  @Test
  @DisplayName("Waits by the JDK's timers and of platform threads end beside those of goroutines")
  void otherTimers() throws Exception {
    List<Goroutine> all = start(WAITERS, TimersTest::waitInVain);
    all.addAll(
        start(
            WAITERS,
            () -> {
              Thread.sleep(ThreadLocalRandom.current().nextInt(5));
              LockSupport.parkNanos(MILLI);
            }));
    AtomicInteger ended = new AtomicInteger();
    List<Thread> platform = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      platform.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    waitInVain();
                    ended.getAndIncrement();
                  }));
    }
    joinAll(all);
    for (Thread each : platform) {
      each.join();
    }
    assertEquals(platform.size(), ended.get());
    checkAtRest(scheduler);
  }

  private List<Goroutine> start(int count, Body body) {
    List<Goroutine> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      started.add(scheduler.go(body));
    }
    return started;
  }

  /// Three waits for nothing, each until its own time.
  private static void waitInVain() {
    Runtime runtime = Runtime.get();
    for (int i = 0; i < 3; i++) {
      Waiter waiter = runtime.waiter();
      long ticket = waiter.arm();
      long deadline = runtime.nanoTime() + ThreadLocalRandom.current().nextLong(20 * MILLI);
      assertEquals(
          Waiter.TIMED_OUT, waiter.awaitUntil(ticket, WaitReason.SLEEP, runtime, deadline));
      assertTrue(runtime.nanoTime() >= deadline, "too early");
    }
  }

  private static int await(Waiter waiter, long ticket, long nanos) {
    Runtime runtime = Runtime.get();
    return waiter.awaitUntil(ticket, WaitReason.SLEEP, runtime, runtime.nanoTime() + nanos);
  }
}
