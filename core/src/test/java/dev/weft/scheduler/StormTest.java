package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: unparks and interrupts come from everywhere, to goroutines that run, park, are queued
/// or have just been taken. Every wait ends once; whoever decided it is believed by the other side.
@SuppressWarnings("NarrowCalculation") // provokes what it warns of
@Tag("stress")
class StormTest {
  private static final int GRANTED = Waiter.FIRST_PEER_CODE;
  private static final int WAITERS = 20;

  /// A seat that a waiting goroutine offers to whoever takes it first.
  private record Offer(Waiter waiter, long ticket) {}

  private final Scheduler scheduler = Scheduler.builder().procs(2).build();
  private final AtomicReferenceArray<Offer> offers = new AtomicReferenceArray<>(WAITERS);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong granted = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong interrupted = new AtomicLong();
  private final List<Goroutine> waiters = new ArrayList<>();

  @AfterEach
  void close() {
    stop.set(true);
    scheduler.close();
  }

  @Test
  @DisplayName(
      "Unpark storm: strays from platform threads and goroutines end no wait, and lose none")
  void unparkStorm() throws Exception {
    storm(LockSupport::unpark);
    assertEquals(0, interrupted.get());
  }

  @Test
  @DisplayName("Interrupt storm: each wait was granted or interrupted, and both sides agree which")
  void interruptStorm() throws Exception {
    storm(Thread::interrupt);
  }

  private interface Strike {
    void at(Thread thread);
  }

  private void storm(Strike strike) throws InterruptedException {
    int rounds = Scale.times(2_000);
    for (int i = 0; i < WAITERS; i++) {
      int seat = i;
      waiters.add(scheduler.go("waiter-" + i, () -> waitOften(seat, rounds)));
    }
    List<Goroutine> helpers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      helpers.add(scheduler.go("granter-" + i, this::grantAll));
      helpers.add(scheduler.go("striker-" + i, () -> strikeAll(strike)));
    }
    Thread granter = Thread.ofPlatform().start(this::grantAll);
    Thread striker = Thread.ofPlatform().start(() -> strikeAll(strike));
    joinAll(waiters);
    stop.set(true);
    joinAll(helpers);
    granter.join();
    striker.join();
    assertEquals(granted.get(), received.get());
    assertEquals(rounds * WAITERS, received.get() + interrupted.get());
  }

  private void waitOften(int seat, int rounds) {
    for (int i = 0; i < rounds; i++) {
      Waiter waiter = Runtime.get().waiter();
      long ticket = waiter.arm();
      offers.set(seat, new Offer(waiter, ticket));
      int outcome = waiter.await(ticket, WaitReason.CHAN_RECEIVE, this);
      switch (outcome) {
        case GRANTED -> received.getAndIncrement();
        case Waiter.INTERRUPTED -> interrupted.getAndIncrement();
        default -> throw new AssertionError("outcome " + outcome);
      }
    }
  }

  private void grantAll() {
    while (!stop.get()) {
      for (int seat = 0; seat < WAITERS; seat++) {
        Offer offer = offers.getAndSet(seat, null);
        if (offer != null && offer.waiter.decide(offer.ticket, GRANTED)) {
          granted.getAndIncrement();
          offer.waiter.wake();
        }
      }
      rest();
    }
  }

  private void strikeAll(Strike strike) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    while (!stop.get()) {
      for (int i = 0; i < WAITERS; i++) {
        strike.at(waiters.get(random.nextInt(WAITERS)).thread());
      }
      rest();
    }
  }

  /// On the scheduler of the JDK those that only yield would starve the others.
  private static void rest() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(4) == 0 ? 20_000 : 0);
    Thread.yield();
  }
}
