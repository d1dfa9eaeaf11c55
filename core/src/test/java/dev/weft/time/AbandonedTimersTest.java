package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.timer.TimerThread;
import dev.weft.testkit.Await;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What timers leave behind: a million of them, dropped without a stop.
@Tag("slow")
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class AbandonedTimersTest extends TimerContract {
  private static final int MANY = 1_000_000;
  private static final int SAMPLE = 1_000;
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final List<WeakReference<Object>> sample = new ArrayList<>();

  private void note(int i, Object object) {
    if (i % SAMPLE == 0) {
      sample.add(new WeakReference<>(object));
    }
  }

  private void awaitCollected() throws InterruptedException {
    assertTrue(sample.size() >= MANY / SAMPLE);
    Await.until(
        () -> {
          System.gc();
          return sample.stream().allMatch(reference -> reference.get() == null);
        },
        "what was dropped is collected");
  }

  @Test
  @DisplayName("TMR-10, ART-12: timers and tickers that are dropped running are collected")
  void channels() throws Exception {
    int before = TimerThread.get().pending();
    threads
        .start(
            () -> {
              for (int i = 0; i < MANY; i++) {
                Timer timer = Timer.make(FAR);
                Ticker ticker = Ticker.make(FAR);
                timer.channel().tryReceive();
                note(i, timer);
                note(i, ticker.channel());
              }
            })
        .get();
    awaitCollected();
    assertEquals(before, TimerThread.get().pending());
  }

  @Test
  @DisplayName("TMR-10: the same after somebody has been blocked there for a while")
  void waitedFor() throws Exception {
    threads
        .start(
            () -> {
              for (int i = 0; i < MANY; i += SAMPLE) {
                Timer timer = Timer.make(FAR);
                assertTrue(timer.channel().receive(MOMENT).isEmpty());
                note(i, timer);
                note(i, timer.channel());
              }
            })
        .get();
    awaitCollected();
  }

  @Test
  @DisplayName("Functions are not kept once their timers are stopped, or they have been called")
  void functions() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    threads
        .start(
            () -> {
              for (int i = 0; i < MANY; i++) {
                AtomicInteger captured = new AtomicInteger();
                note(i, captured);
                Timer timer =
                    Timer.afterFunc(FAR, () -> calls.addAndGet(captured.incrementAndGet()));
                if (i % (10 * SAMPLE) == 0) {
                  timer.reset(Duration.ZERO);
                } else {
                  assertTrue(timer.stop());
                }
              }
            })
        .get();
    Await.until(() -> calls.get() == MANY / (10 * SAMPLE), "the functions are called");
    awaitCollected();
  }
}
