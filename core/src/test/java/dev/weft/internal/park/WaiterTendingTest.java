package dev.weft.internal.park;

import static dev.weft.internal.park.Owner.BLOCKER;
import static dev.weft.internal.park.Owner.REASON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Owner.Result;
import dev.weft.scheduler.Backend;
import dev.weft.testkit.Await;
import dev.weft.testkit.TestMode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Waits of an owner that looks after something meanwhile, on each kind of thread.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // the parameter is set by JUnit
class WaiterTendingTest {
  enum Kind {
    GOROUTINE,
    VIRTUAL,
    PLATFORM
  }

  private static final int GRANTED = Waiter.FIRST_PEER_CODE;
  private static final long NEVER = Long.MAX_VALUE;

  @Parameter Kind kind;

  private Threads threads;
  private final AtomicInteger tended = new AtomicInteger();

  @BeforeEach
  void open() {
    threads =
        switch (kind) {
          case GOROUTINE ->
              Threads.goroutines(TestMode.current().isGpm() ? Backend.GPM : Backend.JDK);
          case VIRTUAL -> Threads.virtual();
          case PLATFORM -> Threads.platform();
        };
  }

  @AfterEach
  void close() {
    threads.close();
  }

  private Owner start(Tending tending) {
    return Owner.start(threads, (waiter, ticket) -> waiter.await(ticket, REASON, BLOCKER, tending));
  }

  private long countThenNever(Waiter waiter) {
    tended.incrementAndGet();
    return NEVER;
  }

  private static long soon() {
    return Runtime.get().nanoTime() + TimeUnit.MICROSECONDS.toNanos(50);
  }

  @Test
  @DisplayName("It tends once before it parks, and again each time that it is woken undecided")
  void tendsWhenWoken() throws Exception {
    Owner owner = start(this::countThenNever);
    owner.awaitParked();
    assertEquals(1, tended.get());
    owner.waiter().wake();
    Await.until(() -> tended.get() >= 2, "it tends again");
    assertTrue(owner.waiter().decide(owner.ticket(), GRANTED));
    owner.waiter().wake();
    assertEquals(new Result(GRANTED, false), owner.result());
  }

  @Test
  @DisplayName("It tends again at the time that it asked for")
  void tendsInTime() {
    Owner owner =
        Owner.start(
            threads,
            (waiter, ticket) ->
                waiter.await(
                    ticket,
                    REASON,
                    BLOCKER,
                    itself -> {
                      if (tended.incrementAndGet() == 5) {
                        itself.decide(ticket, GRANTED);
                      }
                      return soon();
                    }));
    assertEquals(new Result(GRANTED, false), owner.result());
    assertEquals(5, tended.get());
  }

  @Test
  @DisplayName("An interrupt ends the wait, and so does its own deadline, wherever it is kept")
  void endsOtherwise() {
    Owner interrupted = start(this::countThenNever);
    interrupted.awaitParked();
    interrupted.thread().interrupt();
    assertEquals(new Result(Waiter.INTERRUPTED, false), interrupted.result());

    Owner late =
        Owner.start(
            threads,
            (waiter, ticket) -> {
              long deadline = soon();
              waiter.timeOutAt(ticket, deadline);
              int code = waiter.await(ticket, REASON, BLOCKER, this::countThenNever);
              assertTrue(Runtime.get().nanoTime() >= deadline);
              return code;
            });
    assertEquals(new Result(Waiter.TIMED_OUT, false), late.result());
  }

  @Test
  @DisplayName("A peer that is faster than an interrupt wins, and the flag stays set")
  void peerWins() {
    Owner owner =
        Owner.start(
            threads,
            (waiter, ticket) -> {
              waiter.decide(ticket, GRANTED);
              Thread.currentThread().interrupt();
              return waiter.await(ticket, REASON, BLOCKER, this::countThenNever);
            });
    assertEquals(new Result(GRANTED, true), owner.result());
    assertEquals(0, tended.get());
  }

  @Test
  @DisplayName("What tending throws ends the wait, unless a peer has decided")
  void throwing() {
    Owner failing =
        Owner.start(
            threads,
            (waiter, ticket) -> {
              try {
                return waiter.await(ticket, REASON, BLOCKER, ignored -> fail());
              } catch (OutOfMemoryError expected) {
                return -waiter.outcome(ticket);
              }
            });
    assertEquals(new Result(-Waiter.INTERRUPTED, false), failing.result());

    Owner decided =
        Owner.start(
            threads,
            (waiter, ticket) ->
                waiter.await(
                    ticket,
                    REASON,
                    BLOCKER,
                    itself -> {
                      itself.decide(ticket, GRANTED);
                      return fail();
                    }));
    assertEquals(new Result(GRANTED, false), decided.result());
  }

  private static long fail() {
    throw new OutOfMemoryError("on purpose");
  }
}
