package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.Channel;
import dev.weft.internal.park.Runtime;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Timers that call a function.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class AfterFuncTest extends TimerContract {
  private final AtomicInteger calls = new AtomicInteger();

  private Timer counting(Duration duration) {
    return Timer.afterFunc(clock, duration, calls::incrementAndGet);
  }

  private void awaitCalls(int count) throws InterruptedException {
    Await.until(() -> calls.get() == count, () -> count + " calls, not " + calls);
  }

  @Test
  @DisplayName("TMR-12: the function is called once, when it is due and not before")
  void once() throws Exception {
    Timer timer = counting(seconds(5));
    assertEquals(1, clock.pending());
    clock.advance(seconds(4));
    assertEquals(1, clock.pending());
    assertEquals(0, calls.get());
    clock.advance(seconds(1));
    awaitCalls(1);
    clock.advance(FAR);
    assertFalse(timer.stop());
    assertEquals(1, calls.get());
  }

  @Test
  @DisplayName(
      "TMR-12: of no time or less it is called at once, and the channel is the nil channel")
  void atOnce() throws Exception {
    Timer timer = counting(seconds(-1));
    awaitCalls(1);
    assertSame(Channel.nil(), timer.channel());
    counting(Duration.ZERO);
    awaitCalls(2);
  }

  @Test
  @DisplayName("TMR-12: stop is true exactly if the function was not started")
  void stop() throws Exception {
    Timer timer = counting(seconds(1));
    assertTrue(timer.stop());
    assertFalse(timer.stop());
    clock.advance(FAR);
    assertEquals(0, calls.get());

    assertFalse(timer.reset(seconds(1)));
    clock.advance(seconds(1));
    assertFalse(timer.stop());
    awaitCalls(1);
  }

  @Test
  @DisplayName("TMR-12: stop does not wait for the function")
  void stopDoesNotWait() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Timer timer =
        Timer.afterFunc(
            clock,
            Duration.ZERO,
            () -> {
              started.countDown();
              mayEnd.await();
              ended.countDown();
            });
    Await.zero(started, "the start of the function");
    assertFalse(timer.stop());
    mayEnd.countDown();
    Await.zero(ended, "the end of the function");
  }

  @Test
  @DisplayName("TMR-12: reset sets it anew; a call that has begun and the next may run together")
  void reset() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Timer timer =
        Timer.afterFunc(
            clock,
            seconds(1),
            () -> {
              both.countDown();
              both.await();
            });
    assertTrue(timer.reset(seconds(2)));
    clock.advance(seconds(1));
    assertEquals(2, both.getCount());
    clock.advance(seconds(1));
    assertFalse(timer.reset(seconds(1)));
    clock.advance(seconds(1));
    Await.zero(both, "two calls at the same time");
  }

  @Test
  @DisplayName("TMR-12: a function may set its own timer anew")
  void resetsItself() throws Exception {
    Channel<Timer> self = Channel.make(1);
    CountDownLatch fifth = new CountDownLatch(5);
    Timer timer =
        Timer.afterFunc(
            clock,
            seconds(1),
            () -> {
              fifth.countDown();
              if (fifth.getCount() > 0) {
                Timer again = Objects.requireNonNull(self.receive());
                self.send(again);
                again.reset(seconds(1));
              }
            });
    self.send(timer);
    for (int i = 0; i < 5; i++) {
      awaitPending(1);
      clock.advance(seconds(1));
    }
    Await.zero(fifth, "five calls");
  }

  @Test
  @DisplayName(
      "TMR-21: functions have goroutines of their own: one that blocks keeps nobody waiting")
  void goroutines() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(100);
    Channel<Long> ids = Channel.make(200);
    for (int i = 0; i < 100; i++) {
      Timer.afterFunc(
          clock,
          seconds(1),
          () -> {
            ids.send(Runtime.get().goroutineId());
            blocked.countDown();
            release.await();
          });
    }
    clock.advance(seconds(1));
    Await.zero(blocked, "all functions to have begun");
    release.countDown();
    ids.close();
    assertEquals(100, ids.stream().filter(id -> id != 0).distinct().count());
  }

  @Test
  @DisplayName("The goroutine is on the scheduler of who made the timer")
  void scheduler() throws Exception {
    Channel<Goroutine> started = Channel.make(1);
    threads
        .start(
            () ->
                Timer.afterFunc(
                    clock,
                    seconds(1),
                    () -> started.send(Objects.requireNonNull(Goroutine.current()))))
        .get();
    clock.advance(seconds(1));
    Scheduler expected =
        threads.scheduler() == null ? Scheduler.defaultScheduler() : threads.scheduler();
    assertSame(expected, Objects.requireNonNull(started.receive()).scheduler());
  }

  @Test
  @DisplayName("If that scheduler is closed by then, the function runs on the default one")
  void closedScheduler() throws Exception {
    Channel<Goroutine> started = Channel.make(1);
    Task<Timer> task =
        threads.call(
            () ->
                Timer.afterFunc(
                    clock,
                    seconds(1),
                    () -> started.send(Objects.requireNonNull(Goroutine.current()))));
    Timer timer = task.get();
    if (threads.scheduler() != null) {
      threads.scheduler().close();
    }
    clock.advance(seconds(1));
    assertSame(Scheduler.defaultScheduler(), Objects.requireNonNull(started.receive()).scheduler());
    assertFalse(timer.stop());
  }

  @Test
  @DisplayName("What the function throws keeps no other function from being called")
  void throwing() throws Exception {
    Timer.afterFunc(
        clock,
        seconds(1),
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((t, e) -> calls.incrementAndGet());
          throw new IllegalStateException("on purpose");
        });
    counting(seconds(1));
    clock.advance(seconds(1));
    awaitCalls(2);
  }

  @Test
  @DisplayName("TMR-24: what happened before the timer was made is seen by its function")
  void happensBefore() throws Exception {
    int[] written = {7};
    Channel<Integer> seen = Channel.make(1);
    Timer.afterFunc(clock, seconds(1), () -> seen.send(written[0]));
    clock.advance(seconds(1));
    assertEquals(7, seen.receive());
  }

  @Test
  @DisplayName("A null function is refused before anything has happened")
  @SuppressWarnings("NullAway") // on purpose
  void nothing() {
    assertThrows(NullPointerException.class, () -> Timer.afterFunc(clock, seconds(1), null));
    assertThrows(NullPointerException.class, () -> Timer.afterFunc(clock, null, () -> {}));
    assertEquals(0, clock.pending());
  }
}
