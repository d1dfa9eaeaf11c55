package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.ReceiveChannel;
import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The trap: a StackOverflowError can come with any call. Each operation at every depth near the
/// end of the stack either is done or throws, and then nothing is broken.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class DeepTimerTest extends TimerContract {
  private static final Duration SHORT = Duration.ofNanos(20_000);

  private int deep(IntPredicate action) throws InterruptedException {
    Task<Descent> task = threads.call(() -> Descent.of(action));
    int done = task.get().done();
    assertTrue(done > 0, "it was always tight");
    return done;
  }

  private void assertWorks(Timer timer) throws InterruptedException {
    timer.reset(SHORT);
    assertFalse(threads.call(() -> receive(timer.channel())).get().isAfter(Instant.MAX));
    assertFalse(timer.stop());
    assertNobodyWaits(timer.channel());
  }

  @Test
  @DisplayName("reset, stop and tryReceive at every depth leave the timer as it is to be")
  void tries() throws Exception {
    Timer timer = Timer.make(FAR);
    deep(
        n -> {
          timer.reset(Duration.ZERO);
          return timer.channel().tryReceive().ok() && !timer.stop();
        });
    assertWorks(timer);
  }

  @Test
  @DisplayName("A receive that has to wait, at every depth, leaves nobody in the queue")
  void waits() throws Exception {
    Timer timer = Timer.make(FAR);
    deep(
        n -> {
          timer.reset(SHORT);
          return uninterrupted(timer.channel());
        });
    assertWorks(timer);
  }

  @Test
  @DisplayName("Ticks that are received at every depth are shared with who waits elsewhere")
  void ticks() throws Exception {
    Ticker ticker = Ticker.make(SHORT);
    Task<Boolean> other =
        threads.start(
            () -> {
              for (int i = 0; i < 100; i++) {
                receive(ticker.channel());
              }
            });
    deep(n -> uninterrupted(ticker.channel()));
    other.get();
    assertNobodyWaits(ticker.channel());
  }

  private static boolean uninterrupted(ReceiveChannel<Instant> channel) {
    try {
      receive(channel);
      return true;
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  @DisplayName("afterFunc at every depth: the function is called if it returns, and only then")
  void functions() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    int done =
        deep(
            n -> {
              Timer.afterFunc(SHORT, calls::incrementAndGet);
              return true;
            });
    Await.until(() -> calls.get() >= done, () -> calls + " calls of " + done);
    assertEquals(done, calls.get());
  }

  @Test
  @DisplayName("sleep at every depth sleeps or throws")
  void sleeps() throws Exception {
    deep(
        n -> {
          try {
            long before = System.nanoTime();
            Clock.system().sleep(SHORT);
            assertTrue(System.nanoTime() - before >= SHORT.toNanos());
            return true;
          } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
          }
        });
  }
}
