package dev.weft.time;

import static dev.weft.channel.Select.select;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.Go;
import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import dev.weft.testkit.Kind;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Timers by the clock of the system: what needs no exact time.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class SystemTimersTest extends TimerContract {
  private static final Duration SHORT = Duration.ofMillis(2);

  @Test
  @DisplayName("TMR-2, TMR-14: after(d) comes, and not before its time")
  void after() throws Exception {
    Task<Boolean> task =
        threads.start(
            () -> {
              long before = System.nanoTime();
              Instant start = Instant.now();
              Instant value = Objects.requireNonNull(Go.after(SHORT).receive());
              assertTrue(System.nanoTime() - before >= SHORT.toNanos());
              // The two clocks of the system are read one after the other, so not to the
              // nanosecond.
              assertTrue(value.isAfter(start), value + " is before " + start);
            });
    task.get();
  }

  @Test
  @DisplayName("TMR-3: a value that is received late is as old")
  void late() throws Exception {
    ReceiveChannel<Instant> channel = Timer.after(Duration.ofNanos(1));
    Clock.system().sleep(SHORT);
    Instant value = channel.tryReceive().value();
    assertTrue(Objects.requireNonNull(value).isBefore(Instant.now()));
  }

  @Test
  @DisplayName("A ticker ticks, no earlier than its intervals add up to")
  void ticker() throws Exception {
    Task<Boolean> task =
        threads.start(
            () -> {
              long before = System.nanoTime();
              Ticker ticker = Ticker.make(SHORT);
              for (int i = 1; i <= 5; i++) {
                receive(ticker.channel());
                assertTrue(System.nanoTime() - before >= i * SHORT.toNanos());
              }
              ticker.stop();
              assertNothing(ticker.channel());
            });
    task.get();
  }

  @Test
  @DisplayName("A select with a timer ends by it")
  void selectWithTimer() throws Exception {
    Channel<String> silent = Channel.make();
    Task<Integer> task =
        threads.call(() -> select(silent.onReceive(), Timer.after(SHORT).onReceive()));
    assertEquals(1, task.get());
  }

  @Test
  @DisplayName("TMR-20: a reset to an earlier time is in time for who is blocked already")
  void earlier() throws Exception {
    Timer timer = Timer.make(FAR);
    Task<Instant> receiver = threads.call(() -> receive(timer.channel()));
    awaitReceivers(1, timer.channel());
    timer.reset(SHORT);
    receiver.get();
  }

  @Test
  @DisplayName("TMR-20: a function that is set to an earlier time is called")
  void earlierFunction() throws Exception {
    CountDownLatch called = new CountDownLatch(2);
    Timer timer = Timer.afterFunc(FAR, called::countDown);
    assertTrue(timer.reset(SHORT));
    Go.sleep(SHORT);
    Timer.afterFunc(SHORT, called::countDown);
    Await.zero(called, "the calls");
    assertFalse(timer.stop());
  }

  @Test
  @DisplayName("TMR-10: who waits is served when the scheduler of the one who watched is closed")
  void closedScheduler() throws Exception {
    Timer timer = Timer.make(FAR);
    ReceiveChannel<Instant> channel = timer.channel();
    Scheduler other = Scheduler.builder().name("to be closed").procs(1).build();
    Goroutine keeper =
        other.go(() -> assertThrows(InterruptedException.class, () -> receive(channel)));
    awaitReceivers(1, channel);
    List<Task<Instant>> receivers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      receivers.add(threads.call(() -> receive(channel)));
      awaitReceivers(i + 2, channel);
    }
    other.close(Duration.ofMillis(1)); // interrupts the first
    keeper.join();
    assertNull(keeper.failure());
    for (Task<Instant> receiver : receivers) {
      timer.reset(SHORT);
      receiver.get();
    }
    assertNobodyWaits(channel);
  }

  @Test
  @DisplayName("TMR-10: however many are blocked, a processor has one timer, and none afterwards")
  void oneTimer() throws Exception {
    Timer timer = Timer.make(FAR);
    List<Task<Instant>> receivers = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      receivers.add(threads.call(() -> receive(timer.channel())));
      awaitReceivers(i, timer.channel());
    }
    int one = kind == Kind.GPM ? 1 : 0; // elsewhere the keeper parks with a timeout
    awaitProcessorTimers(one);
    receivers.get(0).interrupt();
    receivers.get(0).fails(InterruptedException.class);
    awaitProcessorTimers(one);
    timer.stop();
    awaitProcessorTimers(0);
    for (Task<Instant> receiver : receivers.subList(1, 4)) {
      assertFalse(receiver.isDone());
      timer.reset(Duration.ZERO);
      receiver.get();
    }
    awaitProcessorTimers(0);
  }

  private void awaitProcessorTimers(int count) throws InterruptedException {
    Scheduler scheduler = threads.scheduler();
    if (scheduler != null) {
      Await.until(() -> scheduler.stats().timers() == count, () -> count + " timers");
    }
  }

  @Test
  @DisplayName("A function whose scheduler has been closed is called on another one")
  void functionOfClosedScheduler() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    Scheduler other = Scheduler.builder().name("to be closed").procs(1).build();
    Channel<Timer> made = Channel.make(1);
    other.go(() -> made.send(Timer.afterFunc(FAR, called::countDown)));
    Timer timer = Objects.requireNonNull(made.receive());
    other.close();
    assertTrue(timer.reset(SHORT));
    Await.zero(called, "the call");
  }
}
