package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A timer with a channel, and one thread that looks at it.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class TimerTest extends TimerContract {
  private static final List<Duration> AT_ONCE =
      List.of(
          Duration.ZERO,
          Duration.ofNanos(-1),
          Duration.ofSeconds(-10),
          Duration.ofSeconds(Long.MIN_VALUE));

  @Test
  @DisplayName("TMR-2: a timer fires once, when it is due and not before")
  void firesOnce() throws Exception {
    Timer timer = Timer.make(clock, seconds(5));
    clock.advance(seconds(5).minusNanos(1));
    assertNothing(timer.channel());
    clock.advance(Duration.ofNanos(1));
    assertTick(5, timer.channel());
    clock.advance(FAR);
    assertNothing(timer.channel());
  }

  @Test
  @DisplayName("TMR-2: one of no time, or less, is there at the next look")
  void atOnce() throws Exception {
    for (Duration none : AT_ONCE) {
      Timer timer = Timer.make(clock, none);
      assertTick(0, timer.channel());
      assertNothing(timer.channel());
      assertFalse(timer.reset(none));
      assertEquals(START, threads.call(() -> receive(timer.channel())).get());
    }
  }

  @Test
  @DisplayName("TMR-1: one of more time than there is never fires, and is running all the same")
  void never() {
    Timer timer = Timer.make(clock, Duration.ofSeconds(Long.MAX_VALUE));
    clock.advance(Duration.ofDays(365 * 200));
    assertNothing(timer.channel());
    assertTrue(timer.stop());
    assertFalse(timer.stop());
  }

  @Test
  @DisplayName("TMR-3: the value is the time when it was due, however late it is received")
  void dueTime() throws Exception {
    Timer early = Timer.make(clock, seconds(1));
    Timer late = Timer.make(clock, seconds(2));
    clock.advance(seconds(100));
    assertTick(2, late.channel());
    assertEquals(at(1), threads.call(() -> receive(early.channel())).get());
    assertEquals(at(100), clock.instant());
  }

  @Test
  @DisplayName("TMR-4: stop says whether the value had not been received, even when it was due")
  void stopResult() throws Exception {
    Timer timer = Timer.make(clock, seconds(1));
    assertTrue(timer.stop());
    assertFalse(timer.stop());

    timer.reset(seconds(1));
    clock.advance(seconds(2));
    assertTrue(timer.stop());

    timer.reset(seconds(1));
    clock.advance(seconds(2));
    look(timer.channel());
    assertTick(3, timer.channel());
    assertFalse(timer.stop());
  }

  @Test
  @DisplayName("TMR-5: after a stop nothing is received, due or looked at before or not")
  void nothingAfterStop() throws Exception {
    Timer timer = Timer.make(clock, seconds(1));
    clock.advance(seconds(2));
    timer.stop();
    assertNothing(timer.channel());

    timer.reset(seconds(1));
    assertNothing(timer.channel());
    clock.advance(seconds(2));
    look(timer.channel());
    timer.stop();
    assertNothing(timer.channel());
    clock.advance(FAR);
    assertNothing(timer.channel());
  }

  @Test
  @DisplayName("TMR-6: reset says the same as stop, and no value of the setting before comes after")
  void reset() {
    Timer timer = Timer.make(clock, seconds(1));
    assertTrue(timer.reset(seconds(10)));
    clock.advance(seconds(9));
    assertNothing(timer.channel());

    clock.advance(seconds(5));
    assertTrue(timer.reset(seconds(3)));
    assertNothing(timer.channel());
    clock.advance(seconds(3));
    assertTick(17, timer.channel());
    assertFalse(timer.reset(seconds(1)));
    clock.advance(seconds(1));
    assertTick(18, timer.channel());
    assertFalse(timer.stop());
    assertFalse(timer.reset(seconds(1)));
    timer.stop();
  }

  @Test
  @DisplayName("TMR-6: a value that was seen and not taken is gone after a reset to the same time")
  void resetToTheSameTime() throws Exception {
    Timer timer = Timer.make(clock, seconds(1));
    clock.advance(seconds(1));
    look(timer.channel());
    assertTrue(timer.reset(Duration.ZERO));
    assertTick(1, timer.channel());
    assertNothing(timer.channel());
  }

  @Test
  @DisplayName("TMR-9, CH-24: length and capacity are 0, running, due and received")
  void lengthAndCapacity() {
    Timer timer = Timer.make(clock, seconds(1));
    assertEmpty(timer.channel());
    clock.advance(seconds(2));
    assertEmpty(timer.channel());
    assertTick(1, timer.channel());
    assertEmpty(timer.channel());
    assertEquals(0, clock.pending());
  }

  private static void assertEmpty(ReceiveChannel<Instant> channel) {
    assertEquals(0, channel.len());
    assertEquals(0, channel.cap());
    assertFalse(channel.isClosed());
  }

  @Test
  @DisplayName("TMR-11: drainTo finds one value and no more")
  void drain() {
    Timer timer = Timer.make(clock, seconds(1));
    clock.advance(seconds(10));
    List<Instant> drained = new ArrayList<>();
    assertEquals(1, timer.channel().drainTo(drained, 5));
    assertEquals(List.of(at(1)), drained);
  }

  @Test
  @DisplayName("TMR-14: after(d) is the channel of a timer")
  void after() {
    ReceiveChannel<Instant> channel = Timer.after(clock, seconds(3));
    assertNothing(channel);
    clock.advance(seconds(3));
    assertTick(3, channel);
  }

  @Test
  @DisplayName("TMR-8: nobody but the timer sends on its channel, and nobody closes it")
  void belongsToTheTimer() throws Exception {
    Timer timer = Timer.make(clock, seconds(1));
    @SuppressWarnings("unchecked") // nothing comes in
    Channel<Instant> channel = (Channel<Instant>) timer.channel();
    assertThrows(UnsupportedOperationException.class, () -> channel.trySend(START));
    assertThrows(UnsupportedOperationException.class, () -> channel.onSend(START));
    assertThrows(UnsupportedOperationException.class, channel::onSend);
    assertThrows(UnsupportedOperationException.class, channel::tryClose);
    String refused = assertThrows(UnsupportedOperationException.class, channel::close).getMessage();
    assertTrue(String.valueOf(refused).startsWith("close of Channel[#"), refused);
    threads.start(() -> channel.send(START)).fails(UnsupportedOperationException.class);
    threads.start(() -> channel.send(START, FAR)).fails(UnsupportedOperationException.class);
    clock.advance(seconds(1));
    assertTick(1, channel);
  }

  @Test
  @DisplayName("TMR-24: what happened before a reset is seen by who receives the value")
  void happensBefore() throws Exception {
    Timer timer = Timer.make(clock, FAR);
    int[] written = new int[1];
    Task<Integer> reader =
        threads.call(
            () -> {
              receive(timer.channel());
              return written[0];
            });
    awaitPending(1);
    written[0] = 7;
    timer.reset(Duration.ZERO);
    assertEquals(7, reader.get());
  }
}
