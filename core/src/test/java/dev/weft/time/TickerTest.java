package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Tickers.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class TickerTest extends TimerContract {

  @Test
  @DisplayName("A tick after each interval, the first after one")
  void ticks() {
    Ticker ticker = Ticker.make(clock, seconds(2));
    assertNothing(ticker.channel());
    for (int i = 1; i <= 5; i++) {
      clock.advance(seconds(1));
      assertNothing(ticker.channel());
      clock.advance(seconds(1));
      assertTick(2L * i, ticker.channel());
      assertNothing(ticker.channel());
    }
  }

  @Test
  @DisplayName("TMR-15: an interval of zero or less is refused, and Tick answers the nil channel")
  void intervals() {
    Ticker ticker = Ticker.make(clock, seconds(1));
    for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-9))) {
      String made =
          assertThrows(IllegalArgumentException.class, () -> Ticker.make(clock, none)).getMessage();
      assertTrue(String.valueOf(made).startsWith("non-positive interval for NewTicker"), made);
      String reset =
          assertThrows(IllegalArgumentException.class, () -> ticker.reset(none)).getMessage();
      assertTrue(String.valueOf(reset).startsWith("non-positive interval for Ticker.Reset"), reset);
      assertSame(Channel.nil(), Ticker.tick(none));
    }
    clock.advance(seconds(1)); // the refused reset has changed nothing
    assertTick(1, ticker.channel());
    ReceiveChannel<Instant> channel = Ticker.tick(clock, seconds(3));
    clock.advance(seconds(3));
    assertTick(4, channel);
  }

  @Test
  @DisplayName("Nulls are refused by name, whatever the interval is")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    for (Executable clockless :
        List.<Executable>of(
            () -> Ticker.tick(null, Duration.ZERO),
            () -> Ticker.make(null, seconds(1)),
            () -> Timer.make(null, seconds(1)),
            () -> Timer.after(null, seconds(1)),
            () -> Timer.afterFunc(null, seconds(1), () -> {}))) {
      assertEquals("clock", assertThrows(NullPointerException.class, clockless).getMessage());
    }
    assertThrows(NullPointerException.class, () -> Ticker.tick(clock, null));
  }

  @Test
  @DisplayName("TMR-16: a slow receiver finds one tick, then the next one in phase")
  void slowReceiver() {
    Ticker ticker = Ticker.make(clock, seconds(10));
    clock.advance(seconds(57));
    assertTick(10, ticker.channel());
    assertNothing(ticker.channel());
    clock.advance(seconds(2));
    assertNothing(ticker.channel());
    clock.advance(seconds(1));
    assertTick(60, ticker.channel());
    clock.advance(seconds(10));
    assertTick(70, ticker.channel());
  }

  @Test
  @DisplayName("TMR-16: ticks that pass after a value was made and before it is taken are dropped")
  void seenAndNotTaken() throws Exception {
    Ticker ticker = Ticker.make(clock, seconds(10));
    clock.advance(seconds(15));
    look(ticker.channel()); // makes the value of second 10, to be followed by second 20
    clock.advance(seconds(40));
    assertTick(10, ticker.channel());
    assertNothing(ticker.channel());
    clock.advance(seconds(5));
    assertTick(60, ticker.channel());
  }

  @Test
  @DisplayName("TMR-17: after stop there is no tick, stale or new, and the channel is open")
  void stop() {
    Ticker ticker = Ticker.make(clock, seconds(1));
    clock.advance(seconds(1));
    ticker.stop();
    assertNothing(ticker.channel());
    clock.advance(FAR);
    assertNothing(ticker.channel());
    assertFalse(ticker.channel().isClosed());
    ticker.stop();
  }

  @Test
  @DisplayName("TMR-18: after a reset the next tick comes one new interval from then")
  void reset() {
    Ticker ticker = Ticker.make(clock, seconds(10));
    clock.advance(seconds(12));
    ticker.reset(seconds(3));
    assertNothing(ticker.channel());
    clock.advance(seconds(2));
    assertNothing(ticker.channel());
    clock.advance(seconds(1));
    assertTick(15, ticker.channel());
    clock.advance(seconds(3));
    assertTick(18, ticker.channel());
  }

  @Test
  @DisplayName("An interval longer than there is time never ticks")
  void never() {
    Ticker ticker = Ticker.make(clock, Duration.ofSeconds(Long.MAX_VALUE));
    clock.advance(Duration.ofDays(365 * 200));
    assertNothing(ticker.channel());
    Ticker nearly = Ticker.make(clock, Duration.ofDays(365 * 80));
    clock.advance(Duration.ofDays(365 * 81));
    assertTrue(nearly.channel().tryReceive().ok());
    assertNothing(nearly.channel());
  }

  @Test
  @DisplayName("for (tick : channel) takes one tick after the other")
  void range() throws Exception {
    Ticker ticker = Ticker.make(clock, seconds(1));
    List<Instant> seen = new ArrayList<>();
    Task<Boolean> task =
        threads.start(
            () -> {
              for (Instant tick : ticker.channel()) {
                seen.add(tick);
                if (seen.size() == 3) {
                  return;
                }
              }
            });
    for (int i = 0; i < 3; i++) {
      awaitPending(1);
      clock.advance(seconds(1));
    }
    task.get();
    assertEquals(List.of(at(1), at(2), at(3)), seen);
  }

  @Test
  @DisplayName("CH-9: those who wait for ticks get them in turn")
  void inTurn() throws Exception {
    Ticker ticker = Ticker.make(clock, seconds(1));
    List<Task<Instant>> tasks = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      tasks.add(threads.call(() -> receive(ticker.channel())));
      awaitReceivers(i, ticker.channel());
    }
    for (int i = 1; i <= 5; i++) {
      awaitPending(1);
      clock.advance(seconds(1));
      assertEquals(at(i), tasks.get(i - 1).get());
    }
    Await.until(() -> clock.pending() == 0, "nobody watches");
    ticker.stop();
  }
}
