package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveCase;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.Select;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Many threads do everything to a few timers at the same time, by the clock of the system; and
/// then the books must balance: each setting ends in one way.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class TimerStormTest extends TimerContract {
  private static final int CREW = 4;

  private final AtomicInteger settings = new AtomicInteger();
  private final AtomicInteger prevented = new AtomicInteger();
  private final AtomicInteger happened = new AtomicInteger();

  private static Duration soon() {
    return Duration.ofNanos(ThreadLocalRandom.current().nextInt(-1_000, 100_000));
  }

  private void reset(Timer timer, Duration duration) {
    if (timer.reset(duration)) {
      prevented.incrementAndGet();
    }
    settings.incrementAndGet();
  }

  private void stop(Timer timer) {
    if (timer.stop()) {
      prevented.incrementAndGet();
    }
  }

  private void change(Timer timer) {
    if (ThreadLocalRandom.current().nextInt(4) == 0) {
      stop(timer);
    } else {
      reset(timer, soon());
    }
  }

  @Test
  @DisplayName("TMR-23, TMR-12: each setting is prevented, or its function called, once")
  void functions() throws Exception {
    List<Timer> timers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      settings.incrementAndGet();
      timers.add(Timer.afterFunc(soon(), happened::incrementAndGet));
    }
    List<Task<Boolean>> crew = new ArrayList<>();
    for (int i = 0; i < CREW; i++) {
      crew.add(
          threads.start(
              () -> {
                for (int round = 0; round < Scale.times(3_000); round++) {
                  change(timers.get(ThreadLocalRandom.current().nextInt(timers.size())));
                  if (round % 16 == 0) {
                    Clock.system().sleep(soon());
                  }
                }
              }));
    }
    for (Task<Boolean> task : crew) {
      task.get();
    }
    timers.forEach(timer -> reset(timer, Duration.ZERO)); // so that some function is called
    Await.until(
        () -> happened.get() + prevented.get() == settings.get(),
        () -> happened + " calls, " + prevented + " prevented, of " + settings);
    assertTrue(happened.get() > 0);
  }

  @Test
  @DisplayName("TMR-7, TMR-23: each setting is prevented, or its value received, once")
  void values() throws Exception {
    Timer timer = Timer.make(soon());
    settings.incrementAndGet();
    Channel<String> end = Channel.make();
    List<Task<Boolean>> receivers = new ArrayList<>();
    receivers.add(threads.start(() -> receiveUntil(end, timer.channel())));
    receivers.add(threads.start(() -> receiveUntil(end, timer.channel())));
    receivers.add(threads.start(() -> receiveForAWhile(end, timer.channel())));
    List<Task<Boolean>> crew = new ArrayList<>();
    for (int i = 0; i < CREW; i++) {
      crew.add(
          threads.start(
              () -> {
                for (int round = 0; round < Scale.times(2_000); round++) {
                  change(timer);
                  if (round % 4 == 0) {
                    Clock.system().sleep(soon());
                  }
                }
              }));
    }
    for (Task<Boolean> task : crew) {
      task.get();
    }
    reset(timer, Duration.ZERO);
    Await.until(() -> happened.get() > 0, "a value is received");
    stop(timer);
    end.close();
    for (Task<Boolean> task : receivers) {
      task.get();
    }
    assertEquals(settings.get(), happened.get() + prevented.get());
    assertTrue(happened.get() > 0);
    assertNobodyWaits(timer.channel());
    assertNothing(timer.channel());
  }

  private void receiveUntil(Channel<String> end, ReceiveChannel<Instant> channel)
      throws InterruptedException {
    ReceiveCase<String> over = end.onReceive();
    ReceiveCase<Instant> value = channel.onReceive();
    while (Select.select(over, value) == 1) {
      happened.incrementAndGet();
    }
  }

  /// Comes and goes, so that others have to take over the watch.
  private void receiveForAWhile(Channel<String> end, ReceiveChannel<Instant> channel)
      throws InterruptedException {
    while (!end.isClosed()) {
      if (channel.receive(soon()).ok()) {
        happened.incrementAndGet();
      }
    }
  }

  @Test
  @DisplayName("TMR-16: no tick comes twice or before its time, however many receive them")
  void ticks() throws Exception {
    Duration interval = Duration.ofNanos(50_000);
    long begin = Clock.system().nanoTime();
    Ticker ticker = Ticker.make(interval);
    List<Task<Integer>> receivers = new ArrayList<>();
    for (int i = 0; i < CREW; i++) {
      receivers.add(
          threads.call(
              () -> {
                int ticks = Scale.times(100);
                for (int round = 0; round < ticks; round++) {
                  receive(ticker.channel());
                }
                return ticks;
              }));
    }
    long received = 0;
    for (Task<Integer> task : receivers) {
      received += task.get();
    }
    assertTrue(Clock.system().nanoTime() - begin >= received * interval.toNanos());
    assertNobodyWaits(ticker.channel());
  }
}
