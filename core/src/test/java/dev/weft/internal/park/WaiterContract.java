package dev.weft.internal.park;

import static dev.weft.internal.park.Owner.BLOCKER;
import static dev.weft.internal.park.Owner.REASON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Owner.Result;
import dev.weft.internal.timer.TimerNode;
import dev.weft.testkit.Await;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a [Waiter] promises, on any kind of thread.
abstract class WaiterContract {

  private static final int GRANTED = Waiter.FIRST_PEER_CODE;
  private static final int CLOSED = Waiter.FIRST_PEER_CODE + 1;

  private Threads threads;

  /// The kind of thread that waits.
  abstract Threads newThreads();

  @BeforeEach
  void open() {
    threads = newThreads();
  }

  @AfterEach
  void close() {
    threads.close();
  }

  /// The three ways to wait, with a deadline that does not come where there is one.
  enum Way {
    INTERRUPTIBLY {
      @Override
      int await(Waiter waiter, long ticket) {
        return waiter.await(ticket, REASON, BLOCKER);
      }
    },
    UNINTERRUPTIBLY {
      @Override
      int await(Waiter waiter, long ticket) {
        return waiter.awaitUninterruptibly(ticket, REASON, BLOCKER);
      }
    },
    UNTIL {
      @Override
      int await(Waiter waiter, long ticket) {
        return waiter.awaitUntil(ticket, REASON, BLOCKER, inAnHour());
      }
    };

    abstract int await(Waiter waiter, long ticket);
  }

  private static long inAnHour() {
    return Runtime.get().nanoTime() + TimeUnit.HOURS.toNanos(1);
  }

  private Owner start(Owner.Waiting waiting) {
    return Owner.start(threads, waiting);
  }

  private Owner parked(Owner.Waiting waiting) {
    Owner owner = start(waiting);
    owner.awaitParked();
    return owner;
  }

  // ---- Decisions ----

  @ParameterizedTest
  @EnumSource
  @DisplayName("A wait returns the code of the peer that decided it")
  void peerDecides(Way way) {
    for (int code : new int[] {GRANTED, CLOSED, Waiter.MAX_CODE}) {
      Owner owner = parked(way::await);
      assertTrue(owner.waiter().decide(owner.ticket(), code));
      owner.waiter().wake();
      assertEquals(new Result(code, false), owner.result());
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A wait that is decided before it begins returns at once, without any wake-up")
  void decidedBefore(Way way) {
    Owner owner =
        start(
            (waiter, ticket) -> {
              assertTrue(waiter.decide(ticket, GRANTED));
              return way.await(waiter, ticket);
            });
    assertEquals(new Result(GRANTED, false), owner.result());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Only the first decision counts")
  void decidedOnce(Way way) {
    Owner owner = parked(way::await);
    Waiter waiter = owner.waiter();
    assertTrue(waiter.decide(owner.ticket(), CLOSED));
    assertFalse(waiter.decide(owner.ticket(), GRANTED));
    assertFalse(waiter.decide(owner.ticket(), Waiter.TIMED_OUT));
    waiter.wake();
    assertEquals(CLOSED, owner.result().code());
    assertFalse(waiter.decide(owner.ticket(), GRANTED), "decided after the wait was over");
  }

  @Test
  @DisplayName("outcome() is pending until the decision, and then its code")
  void outcome() {
    Owner owner =
        start(
            (waiter, ticket) -> {
              assertEquals(Waiter.PENDING, waiter.outcome(ticket));
              waiter.decide(ticket, Waiter.MAX_CODE);
              assertEquals(Waiter.MAX_CODE, waiter.outcome(ticket));
              return waiter.outcome(ticket);
            });
    assertEquals(Waiter.MAX_CODE, owner.result().code());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A wake-up that no decision came before does not end a wait")
  void spuriousUnparks(Way way) {
    Owner owner = parked(way::await);
    for (int i = 0; i < 20; i++) {
      owner.waiter().wake();
      LockSupport.unpark(owner.thread());
      owner.awaitParked();
    }
    assertTrue(owner.waiter().decide(owner.ticket(), GRANTED));
    owner.waiter().wake();
    assertEquals(new Result(GRANTED, false), owner.result());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A permit left over from before does not end a wait")
  void leftOverPermit(Way way) {
    Owner owner =
        parked(
            (waiter, ticket) -> {
              waiter.wake();
              return way.await(waiter, ticket);
            });
    assertTrue(owner.waiter().decide(owner.ticket(), GRANTED));
    owner.waiter().wake();
    assertEquals(GRANTED, owner.result().code());
  }

  // ---- Rounds ----

  @ParameterizedTest
  @EnumSource
  @DisplayName("The ticket of an earlier round decides nothing")
  void staleTicket(Way way) {
    Owner owner =
        parked(
            (waiter, ticket) -> {
              waiter.decide(ticket, CLOSED);
              return way.await(waiter, waiter.arm());
            });
    Waiter waiter = owner.waiter();
    assertFalse(waiter.decide(owner.ticket(), GRANTED));
    assertFalse(waiter.decide(owner.ticket(), Waiter.TIMED_OUT));
    waiter.wake();
    owner.awaitParked();
    assertTrue(waiter.decide(owner.ticket() + (1L << 24), GRANTED), "the ticket of the next round");
    waiter.wake();
    assertEquals(GRANTED, owner.result().code());
  }

  @Test
  @DisplayName("A round that nobody decided can be left by arming the next one")
  void abandonedRound() {
    Owner owner =
        start(
            (waiter, ticket) -> {
              long next = waiter.arm();
              assertNotEquals(ticket, next);
              assertFalse(waiter.decide(ticket, GRANTED));
              assertEquals(Waiter.PENDING, waiter.outcome(next));
              assertTrue(waiter.decide(next, CLOSED));
              return waiter.outcome(next);
            });
    assertEquals(CLOSED, owner.result().code());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("An alarm of an earlier round that goes off late is harmless")
  void lateAlarm(Way way) throws InterruptedException {
    AtomicReference<@Nullable Alarm> alarm = new AtomicReference<>();
    Owner owner =
        parked(
            (waiter, ticket) -> {
              long next = waiter.arm();
              // Overdue, so that where there are alarms it goes off during the next wait.
              alarm.set(Runtime.get().alarm(waiter, ticket, Runtime.get().nanoTime()));
              return way.await(waiter, next);
            });
    owner.waiter().decide(owner.ticket(), Waiter.TIMED_OUT);
    owner.waiter().wake();
    owner.awaitParked();
    if (alarm.get() instanceof TimerNode late) {
      Await.until(late::isFired, "the alarm goes off");
    }
    assertTrue(owner.waiter().decide(owner.ticket() + (1L << 24), GRANTED));
    owner.waiter().wake();
    assertEquals(GRANTED, owner.result().code());
  }

  // ---- Interrupts ----

  @ParameterizedTest
  @EnumSource(names = "UNINTERRUPTIBLY", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("An interrupt before the wait ends it and clears the flag; peers come too late")
  void interruptedBefore(Way way) {
    Owner owner =
        start(
            (waiter, ticket) -> {
              Thread.currentThread().interrupt();
              return way.await(waiter, ticket);
            });
    assertEquals(new Result(Waiter.INTERRUPTED, false), owner.result());
    assertFalse(owner.waiter().decide(owner.ticket(), GRANTED));
  }

  @ParameterizedTest
  @EnumSource(names = "UNINTERRUPTIBLY", mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("An interrupt during the wait ends it and clears the flag; peers come too late")
  void interruptedMeanwhile(Way way) {
    Owner owner = parked(way::await);
    owner.thread().interrupt();
    assertEquals(new Result(Waiter.INTERRUPTED, false), owner.result());
    assertFalse(owner.waiter().decide(owner.ticket(), GRANTED));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("An interrupt that comes after the decision leaves it alone and keeps its flag")
  void interruptLoses(Way way) {
    Owner owner = parked(way::await);
    assertTrue(owner.waiter().decide(owner.ticket(), GRANTED));
    owner.thread().interrupt(); // instead of the wake-up
    assertEquals(new Result(GRANTED, true), owner.result());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A wait that is decided already does not look at the interrupt flag")
  void decidedBeforeWithFlag(Way way) {
    Owner owner =
        start(
            (waiter, ticket) -> {
              Thread.currentThread().interrupt();
              waiter.decide(ticket, GRANTED);
              return way.await(waiter, ticket);
            });
    assertEquals(new Result(GRANTED, true), owner.result());
  }

  @Test
  @DisplayName("awaitUninterruptibly goes on after interrupts, and sets the flag in the end")
  void uninterruptibly() {
    Owner owner =
        parked(
            (waiter, ticket) -> {
              Thread.currentThread().interrupt();
              return waiter.awaitUninterruptibly(ticket, REASON, BLOCKER);
            });
    owner.awaitParkedAgainAfterInterrupt();
    for (int i = 0; i < 3; i++) {
      owner.thread().interrupt();
      owner.awaitParkedAgainAfterInterrupt();
    }
    assertTrue(owner.waiter().decide(owner.ticket(), GRANTED));
    owner.waiter().wake();
    assertEquals(new Result(GRANTED, true), owner.result());
  }

  // ---- Deadlines ----

  @Test
  @DisplayName("A deadline ends the wait, not before it; peers come too late")
  void deadline() {
    long[] end = new long[1];
    Owner owner =
        start(
            (waiter, ticket) -> {
              long deadline = Runtime.get().nanoTime() + 2_000_000;
              int code = waiter.awaitUntil(ticket, REASON, BLOCKER, deadline);
              end[0] = Runtime.get().nanoTime() - deadline;
              return code;
            });
    assertEquals(new Result(Waiter.TIMED_OUT, false), owner.result());
    assertTrue(end[0] >= 0, "timed out " + -end[0] + " ns early");
    assertFalse(owner.waiter().decide(owner.ticket(), GRANTED));
  }

  @Test
  @DisplayName("A deadline that is now times out without parking")
  void deadlineNow() {
    assertEquals(new Result(Waiter.TIMED_OUT, false), until(Runtime.get().nanoTime()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 0, -1, Long.MIN_VALUE + 1, Long.MIN_VALUE})
  @DisplayName("A deadline in the past times out, however far back it is")
  void deadlinePast(long deadline) {
    assertEquals(new Result(Waiter.TIMED_OUT, false), until(deadline));
  }

  private Result until(long deadline) {
    return start((waiter, ticket) -> waiter.awaitUntil(ticket, REASON, BLOCKER, deadline)).result();
  }

  @Test
  @DisplayName("A deadline in the past changes nothing about a wait that is decided")
  void deadlinePastButDecided() {
    Owner owner =
        start(
            (waiter, ticket) -> {
              waiter.decide(ticket, GRANTED);
              return waiter.awaitUntil(ticket, REASON, BLOCKER, 0);
            });
    assertEquals(new Result(GRANTED, false), owner.result());
  }

  @Test
  @DisplayName("A deadline in the past does not look at the interrupt flag")
  void deadlinePastWithFlag() {
    Owner owner =
        start(
            (waiter, ticket) -> {
              Thread.currentThread().interrupt();
              return waiter.awaitUntil(ticket, REASON, BLOCKER, 0);
            });
    assertEquals(new Result(Waiter.TIMED_OUT, true), owner.result());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1})
  @DisplayName("A saturated deadline does not come")
  void saturatedDeadline(long deadline) {
    Owner owner = parked((waiter, ticket) -> waiter.awaitUntil(ticket, REASON, BLOCKER, deadline));
    assertTrue(owner.waiter().decide(owner.ticket(), GRANTED));
    owner.waiter().wake();
    assertEquals(new Result(GRANTED, false), owner.result());
  }

  @Test
  @DisplayName("A wait with a deadline goes on after spurious wake-ups until the deadline")
  void deadlineAfterSpuriousUnparks() {
    Owner owner =
        start(
            (waiter, ticket) -> {
              long deadline = Runtime.get().nanoTime() + 20_000_000;
              waiter.wake();
              return waiter.awaitUntil(ticket, REASON, BLOCKER, deadline);
            });
    for (int i = 0; i < 5; i++) {
      owner.waiter().wake();
    }
    assertEquals(new Result(Waiter.TIMED_OUT, false), owner.result());
  }

  // ---- What others can see ----

  @ParameterizedTest
  @EnumSource
  @DisplayName("Reason, blocker and start are stamped while it waits, and only then")
  void stamps(Way way) {
    Owner owner =
        parked(
            (waiter, ticket) -> {
              assertNotStamped(waiter);
              int code = way.await(waiter, ticket);
              assertNotStamped(waiter);
              return code;
            });
    Waiter waiter = owner.waiter();
    assertSame(owner.thread(), waiter.thread());
    assertSame(REASON, waiter.reason());
    assertSame(BLOCKER, waiter.blocker());
    long now = Runtime.get().nanoTime();
    assertTrue(
        waiter.since() != 0 && waiter.since() <= (now | 1), waiter.since() + " is after " + now);
    assertTrue(waiter.toString().contains(REASON.text()), waiter.toString());
    assertSame(BLOCKER, LockSupport.getBlocker(owner.thread()), "for the JDK's dumps");
    waiter.decide(owner.ticket(), GRANTED);
    waiter.wake();
    owner.result();
    assertNotStamped(waiter);
  }

  @Test
  @DisplayName("The stamps are gone after an interrupt and after a deadline, too")
  void stampsAfterOtherEnds() {
    Owner owner =
        start(
            (waiter, ticket) -> {
              Thread.currentThread().interrupt();
              Way.INTERRUPTIBLY.await(waiter, ticket);
              assertNotStamped(waiter);
              Thread.currentThread().interrupt();
              Way.UNTIL.await(waiter, waiter.arm());
              assertNotStamped(waiter);
              long soon = Runtime.get().nanoTime() + 1_000_000;
              int code = waiter.awaitUntil(waiter.arm(), REASON, BLOCKER, soon);
              assertNotStamped(waiter);
              return code;
            });
    assertEquals(Waiter.TIMED_OUT, owner.result().code());
  }

  private static void assertNotStamped(Waiter waiter) {
    assertNull(waiter.reason());
    assertNull(waiter.blocker());
    assertEquals(0, waiter.since());
    assertFalse(waiter.toString().contains(REASON.text()), waiter.toString());
  }

  @Test
  @DisplayName("What the peer wrote before its decision is there when the wait returns")
  void publication() {
    var entry =
        new Object() {
          @Nullable String element;
        };
    Owner owner =
        parked(
            (waiter, ticket) -> {
              int code = waiter.await(ticket, REASON, BLOCKER);
              assertNotNull(entry.element);
              return code;
            });
    entry.element = "delivered";
    owner.waiter().decide(owner.ticket(), GRANTED);
    owner.waiter().wake();
    assertEquals(GRANTED, owner.result().code());
  }

  // ---- All at once ----

  @Test
  @DisplayName("Delivery, interrupt and deadline race: each round ends in one way and all know it")
  void storm() {
    new WaiterStorm(threads, 20_251_124, 1_500).run();
  }
}
