package dev.weft.internal.park;

import static dev.weft.internal.park.Owner.BLOCKER;
import static dev.weft.internal.park.Owner.REASON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Owner.Result;
import dev.weft.scheduler.Backend;
import dev.weft.testkit.TestMode;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// [Waiter#timeOutAt] and [Waiter#cancelTimeOut], on each kind of thread.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // the parameter is set by JUnit
class WaiterTimeOutTest {
  enum Kind {
    GOROUTINE,
    VIRTUAL,
    PLATFORM
  }

  private static final int GRANTED = Waiter.FIRST_PEER_CODE;

  @Parameter Kind kind;

  private Threads threads;

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

  private static long in(long amount, TimeUnit unit) {
    return Runtime.get().nanoTime() + unit.toNanos(amount);
  }

  @Test
  @DisplayName("A wait that was to time out does, not before its deadline")
  void timesOut() {
    Owner owner =
        Owner.start(
            threads,
            (waiter, ticket) -> {
              long deadline = in(1, TimeUnit.MILLISECONDS);
              waiter.timeOutAt(ticket, deadline);
              int code = waiter.await(ticket, REASON, BLOCKER);
              assertTrue(Runtime.get().nanoTime() >= deadline);
              return code;
            });
    assertEquals(new Result(Waiter.TIMED_OUT, false), owner.result());
    assertFalse(owner.waiter().decide(owner.ticket(), GRANTED));
  }

  @Test
  @DisplayName("A deadline that has passed before the wait begins ends it at once")
  void passed() {
    for (long when : new long[] {Runtime.get().nanoTime(), 1, 0, -1, Long.MIN_VALUE}) {
      Owner owner =
          Owner.start(
              threads,
              (waiter, ticket) -> {
                waiter.timeOutAt(ticket, when);
                return waiter.await(ticket, REASON, BLOCKER);
              });
      assertEquals(new Result(Waiter.TIMED_OUT, false), owner.result());
    }
  }

  @Test
  @DisplayName("Never is never: neither it nor what was taken back times out")
  void never() {
    Owner owner =
        Owner.start(
            threads,
            (waiter, ticket) -> {
              waiter.timeOutAt(ticket, Long.MAX_VALUE);
              waiter.cancelTimeOut();
              waiter.timeOutAt(ticket, in(1, TimeUnit.HOURS));
              waiter.cancelTimeOut();
              waiter.cancelTimeOut();
              return waiter.await(ticket, REASON, BLOCKER);
            });
    owner.awaitParked();
    owner.waiter().decide(owner.ticket(), GRANTED);
    owner.waiter().wake();
    assertEquals(new Result(GRANTED, false), owner.result());
  }

  @Test
  @DisplayName("The deadline of one round, taken back or not reached, is not that of the next")
  void ofOneRound() {
    Owner owner =
        Owner.start(
            threads,
            (waiter, first) -> {
              long soon = in(2, TimeUnit.MILLISECONDS);
              waiter.timeOutAt(first, soon);
              waiter.decide(first, GRANTED);
              assertEquals(GRANTED, waiter.await(first, REASON, BLOCKER));
              long second = waiter.arm();
              waiter.timeOutAt(second, soon);
              waiter.cancelTimeOut();
              while (Runtime.get().nanoTime() <= soon) {
                Thread.onSpinWait();
              }
              return waiter.await(waiter.arm(), REASON, BLOCKER);
            });
    owner.awaitParked();
    assertTrue(owner.waiter().decide(owner.ticket() + (2L << 24), GRANTED));
    owner.waiter().wake();
    assertEquals(new Result(GRANTED, false), owner.result());
  }

  @Test
  @DisplayName("A peer that is faster than the deadline decides; so does an interrupt")
  void otherEnds() {
    Owner granted =
        Owner.start(
            threads,
            (waiter, ticket) -> {
              waiter.timeOutAt(ticket, in(1, TimeUnit.HOURS));
              return waiter.await(ticket, REASON, BLOCKER);
            });
    granted.awaitParked();
    assertTrue(granted.waiter().decide(granted.ticket(), GRANTED));
    granted.waiter().wake();
    assertEquals(new Result(GRANTED, false), granted.result());
    Owner interrupted =
        Owner.start(
            threads,
            (waiter, ticket) -> {
              waiter.timeOutAt(ticket, in(1, TimeUnit.HOURS));
              return waiter.await(ticket, REASON, BLOCKER);
            });
    interrupted.awaitParked();
    interrupted.thread().interrupt();
    assertEquals(new Result(Waiter.INTERRUPTED, false), interrupted.result());
  }
}
