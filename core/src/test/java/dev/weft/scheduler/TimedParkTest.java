package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.core;
import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.TestMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Waits with a deadline, by Weft's own timers on the gpm backend: they fire whatever the machines
/// do, and each wait ends by exactly one outcome.
class TimedParkTest {
  private static final int GRANTED = Waiter.FIRST_PEER_CODE;
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final Runtime RUNTIME = Runtime.get();

  private record Offer(Waiter waiter, long ticket) {
    boolean grant() {
      boolean decided = waiter.decide(ticket, GRANTED);
      if (decided) {
        waiter.wake();
      }
      return decided;
    }
  }

  private final Scheduler scheduler = Scheduler.builder().procs(2).build();

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  @DisplayName("A deadline ends a wait, not early, on goroutines, platform and virtual threads")
  void deadlineEndsWait() throws Exception {
    for (int round = 0; round < Scale.times(5); round++) {
      join(scheduler.go(TimedParkTest::timeOut));
      runOn(Thread.ofPlatform());
      runOn(Thread.ofVirtual());
      join(
          scheduler.go(
              () -> runOn(Thread.ofVirtual()))); // a foreign thread: no goroutine, on our machines
    }
  }

  private static void runOn(Thread.Builder builder) throws Exception {
    FutureTask<Void> task = new FutureTask<>(TimedParkTest::timeOut, null);
    builder.start(task);
    task.get(60, TimeUnit.SECONDS);
  }

  private static void timeOut() {
    for (long nanos : new long[] {1, 10_000, 300_000, 3_000_000}) {
      Waiter waiter = RUNTIME.waiter();
      long deadline = RUNTIME.nanoTime() + nanos;
      assertEquals(
          Waiter.TIMED_OUT, waiter.awaitUntil(waiter.arm(), WaitReason.SLEEP, waiter, deadline));
      assertTrue(RUNTIME.nanoTime() >= deadline, "too early");
    }
  }

  @Test
  @DisplayName("A wait that is granted before its deadline: granted, and its timer goes away")
  void grantedBeforeDeadline() throws Exception {
    for (int round = 0; round < Scale.times(100); round++) {
      AtomicReferenceArray<Offer> seat = new AtomicReferenceArray<>(1);
      Goroutine waiting = scheduler.go(() -> assertEquals(GRANTED, offer(seat, 0, HOUR)));
      Await.until(() -> seat.get(0) != null, "it offers");
      assertTrue(seat.get(0).grant());
      join(waiting);
    }
    if (TestMode.current().isGpm()) {
      int floor = 100; // so many cancelled timers are kept, whatever there is of others
      assertTrue(scheduler.stats().timers() <= 2 * floor, () -> scheduler.stats().toString());
    }
  }

  private static int offer(AtomicReferenceArray<Offer> seats, int seat, long nanos) {
    Waiter waiter = RUNTIME.waiter();
    long ticket = waiter.arm();
    seats.set(seat, new Offer(waiter, ticket));
    long deadline = RUNTIME.nanoTime() + nanos;
    return waiter.awaitUntil(ticket, WaitReason.CHAN_RECEIVE, waiter, deadline);
  }

  @Test
  @Tag("stress")
  @DisplayName("Deadline against grant against interrupt: one of them ends each wait, all agree")
  void outcomesRace() throws Exception {
    int waiters = 20;
    int rounds = Scale.times(500);
    AtomicReferenceArray<Offer> seats = new AtomicReferenceArray<>(waiters);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong grants = new AtomicLong();
    AtomicInteger[] outcomes = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    List<Goroutine> all = new ArrayList<>();
    for (int i = 0; i < waiters; i++) {
      int mine = i;
      all.add(
          scheduler.go(
              () -> {
                for (int n = 0; n < rounds; n++) {
                  long nanos = ThreadLocalRandom.current().nextLong(200_000);
                  outcomes[offer(seats, mine, nanos) - 1].getAndIncrement();
                }
              }));
    }
    Thread granter = Thread.ofPlatform().start(() -> grantAtRandom(seats, stop, grants));
    Thread striker =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    all.get(ThreadLocalRandom.current().nextInt(waiters)).interrupt();
                    pause(20);
                  }
                });
    joinAll(all);
    stop.set(true);
    granter.join();
    striker.join();
    assertEquals(grants.get(), outcomes[GRANTED - 1].get());
    int sum = outcomes[0].get() + outcomes[1].get() + outcomes[2].get();
    assertEquals(waiters * rounds, sum);
    atRest();
  }

  private static void grantAtRandom(
      AtomicReferenceArray<Offer> seats, AtomicBoolean stop, AtomicLong grants) {
    while (!stop.get()) {
      int seat = ThreadLocalRandom.current().nextInt(seats.length());
      Offer offer = seats.getAndSet(seat, null);
      if (offer != null && offer.grant()) {
        grants.getAndIncrement();
      }
      pause(5);
    }
  }

  private static void pause(int micros) {
    long until = System.nanoTime() + micros * 1_000L;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("Thousands of deadlines at once, in random order: each fires, once")
  void manyAtOnce() throws Exception {
    int count = Scale.times(5_000);
    AtomicInteger timedOut = new AtomicInteger();
    List<Goroutine> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long nanos = ThreadLocalRandom.current().nextLong(100_000_000);
      all.add(
          scheduler.go(
              () -> {
                Waiter waiter = RUNTIME.waiter();
                long deadline = RUNTIME.nanoTime() + nanos;
                int outcome = waiter.awaitUntil(waiter.arm(), WaitReason.SLEEP, waiter, deadline);
                timedOut.getAndAdd(outcome == Waiter.TIMED_OUT ? 1 : 0);
                assertTrue(RUNTIME.nanoTime() >= deadline, "too early");
              }));
    }
    joinAll(all);
    assertEquals(count, timedOut.get());
    atRest();
  }

  @Test
  @DisplayName("With all asleep until a far deadline, a nearer one that comes later is kept")
  void nearerDeadlineWhileAsleep() throws Exception {
    AtomicReferenceArray<Offer> seats = new AtomicReferenceArray<>(1);
    Goroutine far = scheduler.go(() -> assertEquals(GRANTED, offer(seats, 0, HOUR)));
    Await.until(() -> far.state() == Goroutine.State.WAITING, "it waits");
    for (int i = 0; i < Scale.times(20); i++) {
      restIfGpm();
      join(scheduler.go(TimedParkTest::timeOut));
    }
    assertTrue(seats.get(0).grant());
    join(far);
  }

  @Test
  @DisplayName("A deadline far away, kept through idleness: nobody has to come by")
  void firesOutOfIdleness() throws Exception {
    for (int i = 0; i < Scale.times(3); i++) {
      Goroutine waiting =
          scheduler.go(
              () -> {
                Waiter waiter = RUNTIME.waiter();
                long deadline = RUNTIME.nanoTime() + 100_000_000; // the monitor sleeps by then
                assertEquals(
                    Waiter.TIMED_OUT,
                    waiter.awaitUntil(waiter.arm(), WaitReason.SLEEP, waiter, deadline));
              });
      join(waiting);
      restIfGpm();
    }
  }

  @Test
  @Tag("gpm")
  @DisplayName("All processors computing until a timer has fired: it fires all the same")
  void firesWhileAllCompute() throws Exception {
    AtomicBoolean fired = new AtomicBoolean();
    CountDownLatch waiting = new CountDownLatch(1);
    Goroutine timed =
        scheduler.go(
            () -> {
              waiting.countDown();
              timeOut();
              fired.set(true);
            });
    List<Goroutine> hogs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      hogs.add(
          scheduler.go(
              () -> {
                while (!fired.get()) {
                  Thread.onSpinWait();
                }
              }));
    }
    waiting.await();
    joinAll(hogs);
    join(timed);
    checkAtRest(scheduler);
  }

  @Test
  @Tag("gpm")
  @DisplayName("A pinned goroutine's own deadline fires though it blocks the only machine")
  void firesForThePinned() throws Exception {
    try (Scheduler single = Scheduler.builder().procs(1).build()) {
      for (int i = 0; i < Scale.times(3); i++) {
        join(single.go(() -> Pin.run(TimedParkTest::timeOut)));
      }
      checkAtRest(single);
    }
  }

  @Test
  @Tag("gpm")
  @DisplayName("Goroutines of two schedulers that grant each other's waits, with deadlines")
  void twoSchedulers() throws Exception {
    int rounds = Scale.times(300);
    AtomicReferenceArray<Offer> seats = new AtomicReferenceArray<>(1);
    try (Scheduler other = Scheduler.builder().procs(1).build()) {
      AtomicInteger granted = new AtomicInteger();
      AtomicInteger received = new AtomicInteger();
      AtomicBoolean stop = new AtomicBoolean();
      Goroutine granter =
          other.go(
              () -> {
                while (!stop.get()) {
                  Offer offer = seats.getAndSet(0, null);
                  granted.getAndAdd(offer != null && offer.grant() ? 1 : 0);
                  Scheduler.yieldCurrent();
                }
              });
      join(
          scheduler.go(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  received.getAndAdd(offer(seats, 0, 50_000) == GRANTED ? 1 : 0);
                }
              }));
      stop.set(true);
      join(granter);
      assertEquals(granted.get(), received.get());
      checkAtRest(other);
    }
    checkAtRest(scheduler);
  }

  private void restIfGpm() throws InterruptedException {
    if (TestMode.current().isGpm()) {
      Await.until(() -> core(scheduler).control.active() == 0, "all sleep");
    }
  }

  private void atRest() throws InterruptedException {
    assertTrue(scheduler.close(Duration.ofSeconds(60)).isEmpty());
    if (TestMode.current().isGpm()) {
      core(scheduler).global.checkInvariants();
      assertEquals(0, scheduler.stats().internalFailures());
    }
  }
}
