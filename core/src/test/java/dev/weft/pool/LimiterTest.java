package dev.weft.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The limiter, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class LimiterTest extends ThreadsContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final Limiter limiter = Limiter.of(2);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @Override
  protected void letGo() {
    mayEnd.countDown();
  }

  @Override
  protected void assertSettled() {
    try {
      Await.until(() -> limiter.running() == 0, limiter::toString);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    limiter.permits().checkInvariants();
    assertEquals(0, limiter.waiting());
  }

  private Task<Boolean> waiter(Limiter on) throws InterruptedException {
    int before = on.waiting();
    Task<Boolean> task = threads.start(on::acquire);
    Await.until(() -> on.waiting() == before + 1, on::toString);
    return task;
  }

  @Test
  @DisplayName("So many run at a time, and goroutines are started when they may run")
  void limits() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger ran = new AtomicInteger();
    int times = Scale.times(500);
    threads
        .start(
            () -> {
              for (int i = 0; i < times; i++) {
                limiter.go(
                    () -> {
                      most.accumulateAndGet(now.incrementAndGet(), Math::max);
                      Thread.yield();
                      now.decrementAndGet();
                      ran.incrementAndGet();
                    });
              }
            })
        .get();
    Await.until(() -> ran.get() == times, ran::toString);
    assertTrue(most.get() <= 2, most::toString);
  }

  @Test
  @DisplayName("Those who wait are served in their order, and a permit goes from hand to hand")
  void order() throws Exception {
    limiter.acquire();
    limiter.acquire();
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      int number = i;
      int before = limiter.waiting();
      var _ =
          threads.start(
              () ->
                  limiter.run(
                      () -> {
                        served.add(number);
                        assertFalse(limiter.tryAcquire(), "nobody passes those who wait");
                      }));
      Await.until(() -> limiter.waiting() == before + 1, limiter::toString);
    }
    limiter.release();
    Await.until(() -> served.size() == 4, served::toString);
    assertEquals(List.of(0, 1, 2, 3), served);
    limiter.release();
  }

  @Test
  @DisplayName("Only so many wait; with none who has no permit is refused at once")
  void maxWaiting() throws Exception {
    Limiter one = Limiter.of(1, 1);
    one.acquire();
    Task<Boolean> waiting = waiter(one);
    assertThrows(PoolOverloadException.class, one::acquire);
    assertThrows(PoolOverloadException.class, () -> one.go(() -> {}));
    assertFalse(one.acquire(Duration.ZERO));
    one.release();
    waiting.get();
    one.release();
    Limiter none = Limiter.of(1, 0);
    none.run(() -> assertThrows(PoolOverloadException.class, () -> none.acquire(LONG)));
    assertEquals(0, none.running() + one.running());
  }

  @Test
  @DisplayName("Whoever is interrupted or too late has no permit, and nothing is started")
  void givesUp() throws Exception {
    limiter.acquire();
    limiter.acquire();
    assertFalse(limiter.acquire(SHORT));
    assertNull(limiter.tryGo(() -> {}));
    assertNull(limiter.go(SHORT, () -> {}));
    assertThrows(PoolOverloadException.class, () -> limiter.call(SHORT, () -> "not run"));
    Task<Boolean> interrupted = waiter(limiter);
    interrupted.interrupt();
    interrupted.fails(InterruptedException.class);
    Task<Boolean> flagged =
        threads.start(
            () -> {
              Thread.currentThread().interrupt();
              limiter.acquire();
            });
    flagged.fails(InterruptedException.class);
    limiter.release();
    limiter.release();
    IllegalStateException tooMuch = assertThrows(IllegalStateException.class, limiter::release);
    assertTrue(("" + tooMuch.getMessage()).startsWith("released more than acquired"));
  }

  @Test
  @DisplayName("A permit comes back whatever the body throws")
  void failures() throws Exception {
    assertThrows(
        IOException.class,
        () ->
            limiter.run(
                () -> {
                  throw new IOException("gone");
                }));
    assertThrows(
        IOException.class,
        () ->
            limiter.call(
                LONG,
                () -> {
                  throw new IOException("gone");
                }));
    assertEquals("it", limiter.call(LONG, () -> "it"));
    assertNotNull(limiter.tryGo(() -> {}));
    assertNotNull(limiter.go(LONG, () -> {}));
  }

  @Test
  @DisplayName("The limit can be changed: more for those who wait, fewer as permits come back")
  void limit() throws Exception {
    limiter.acquire();
    limiter.acquire();
    List<Task<Boolean>> waiting = List.of(waiter(limiter), waiter(limiter), waiter(limiter));
    limiter.limit(4);
    waiting.get(0).get();
    waiting.get(1).get();
    assertEquals(1, limiter.waiting());
    limiter.limit(1);
    limiter.release();
    limiter.release();
    limiter.release();
    assertEquals(1, limiter.waiting());
    limiter.release();
    waiting.get(2).get();
    assertFalse(limiter.tryAcquire());
    limiter.release();
    assertThrows(IllegalArgumentException.class, () -> limiter.limit(0));
    assertThrows(IllegalArgumentException.class, () -> Limiter.of(0));
    assertThrows(IllegalArgumentException.class, () -> Limiter.of(1, -1));
  }

  @Test
  @DisplayName("Whatever is interrupted and times out, no permit is lost or made up")
  void storm() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Task<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(threads.start(() -> useAgainAndAgain(now, most)));
    }
    for (int i = 0; i < Scale.times(300); i++) {
      all.get(i % all.size()).interrupt();
      limiter.limit(1 + i % 2);
      Thread.yield();
    }
    limiter.limit(2);
    for (Task<Boolean> task : all) {
      task.get();
    }
    assertEquals(0, now.get());
    assertTrue(most.get() <= 2, most::toString);
  }

  private void useAgainAndAgain(AtomicInteger now, AtomicInteger most) {
    for (int i = 0; i < Scale.times(1_000); i++) {
      try {
        if (i % 2 == 0) {
          limiter.acquire();
        } else if (!limiter.acquire(
            Duration.ofNanos(ThreadLocalRandom.current().nextInt(50_000)))) {
          continue;
        }
      } catch (InterruptedException e) {
        continue;
      }
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      Thread.yield();
      now.decrementAndGet();
      limiter.release();
    }
  }
}
