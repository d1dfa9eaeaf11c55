package dev.weft.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.base.Goexit;
import dev.weft.channel.Channel;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import dev.weft.time.Clock;
import dev.weft.time.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// ART-13: the pool that grows and shrinks, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class ScalingPoolTest extends ThreadsContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
  private final List<ScalingPool> pools = new ArrayList<>();

  private final Body slow =
      () -> {
        begun.incrementAndGet();
        mayEnd.await();
        ended.incrementAndGet();
      };
  private final Body quick = ended::incrementAndGet;

  @Override
  protected void letGo() {
    mayEnd.countDown();
  }

  @Override
  protected void assertSettled() {
    letGo();
    try {
      for (ScalingPool pool : pools) {
        pool.close();
        assertTrue(pool.awaitTermination(LONG));
        assertEquals(0, pool.workers() + pool.queued());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ScalingPool pool(int min, int max, int queue) {
    ScalingPool pool = ScalingPool.of(min, max, queue, SECOND, clock, thrown::add);
    pools.add(pool);
    return pool;
  }

  private static void awaitWorkers(ScalingPool pool, int count) throws InterruptedException {
    Await.until(() -> pool.workers() == count, pool::toString);
  }

  private void awaitEnded(int count) throws InterruptedException {
    Await.until(() -> ended.get() == count, () -> ended + " have ended, not " + count);
  }

  @Test
  @DisplayName(
      "ART-13: workers are added while all are busy, up to the maximum; then tasks are queued")
  void grows() throws Exception {
    ScalingPool pool = pool(1, 3, 2);
    for (int i = 1; i <= 3; i++) {
      pool.submit(slow);
      assertEquals(i, pool.workers());
    }
    Await.until(() -> begun.get() == 3, begun::toString);
    pool.submit(quick);
    assertTrue(pool.trySubmit(quick));
    assertEquals(2, pool.queued());
    assertFalse(pool.trySubmit(quick), "whether it waits does not depend on what came before");
    Task<Boolean> waiting = threads.start(() -> pool.submit(quick));
    Await.state(waiting.thread(), Thread.State.WAITING);
    letGo();
    waiting.get();
    awaitEnded(6);
    assertEquals(3, pool.workers());
  }

  @Test
  @DisplayName("ART-13: to shrink really ends workers: those that were not needed in a period")
  void shrinks() throws Exception {
    ScalingPool pool = pool(1, 4, 10);
    for (int i = 0; i < 4; i++) {
      pool.submit(slow);
    }
    letGo();
    awaitEnded(4);
    awaitIdle(pool, 4);
    periods(2);
    awaitWorkers(pool, 1);
    pool.submit(quick);
    awaitEnded(5);
    assertEquals(1, pool.workers());
  }

  @Test
  @DisplayName("ART-13: a worker that is needed from time to time stays")
  void stays() throws Exception {
    ScalingPool pool = pool(0, 4, 10);
    pool.submit(quick);
    awaitEnded(1);
    awaitIdle(pool, 1);
    for (int i = 0; i < 5; i++) {
      periods(1);
      assertEquals(1, pool.workers());
      pool.submit(quick);
      awaitEnded(i + 2);
      awaitIdle(pool, 1);
    }
    periods(2);
    awaitWorkers(pool, 0);
    pool.submit(quick);
    awaitEnded(7);
  }

  private static void awaitIdle(ScalingPool pool, int count) throws InterruptedException {
    Await.until(() -> pool.idle() == count, pool::toString);
  }

  private void periods(int count) throws InterruptedException {
    ScalingPool pool = pools.getLast();
    for (int i = 0; i < count; i++) {
      clock.awaitPending(1);
      int before = pool.periods();
      clock.advance(SECOND);
      Await.until(() -> pool.periods() == before + 1, pool::toString);
    }
  }

  @Test
  @DisplayName(
      "ART-13: a task that fails, or ends its goroutine, is done, and tasks behind it are run")
  void failures() throws Exception {
    ScalingPool pool = pool(1, 1, 10);
    IllegalStateException failure = new IllegalStateException("gone");
    pool.submit(slow);
    pool.submit(
        () -> {
          throw failure;
        });
    pool.submit(
        () -> {
          throw Goexit.INSTANCE;
        });
    pool.submit(() -> Thread.currentThread().interrupt());
    pool.submit(() -> assertFalse(Thread.currentThread().isInterrupted()));
    pool.submit(quick);
    letGo();
    awaitEnded(2);
    assertEquals(List.of(failure), List.copyOf(thrown));
  }

  @Test
  @DisplayName("ART-13: close drains the queue, and refuses those who wait")
  void close() throws Exception {
    ScalingPool pool = pool(1, 1, 2);
    pool.submit(slow);
    Await.until(() -> begun.get() == 1, begun::toString);
    pool.submit(quick);
    pool.submit(quick);
    Task<Boolean> waiting = threads.start(() -> pool.submit(quick));
    Await.state(waiting.thread(), Thread.State.WAITING);
    pool.close();
    waiting.fails(PoolClosedException.class);
    assertThrows(PoolClosedException.class, () -> pool.trySubmit(quick));
    assertFalse(pool.awaitTermination(Duration.ofMillis(1)));
    letGo();
    assertTrue(pool.awaitTermination(LONG));
    assertEquals(3, ended.get());
    pool(0, 1, 0).close();
  }

  @Test
  @DisplayName("Who is interrupted while it waits has not submitted")
  void interrupted() throws Exception {
    ScalingPool pool = pool(1, 1, 0);
    pool.submit(slow);
    Await.until(() -> begun.get() == 1, begun::toString);
    Task<Boolean> waiting = threads.start(() -> pool.submit(quick));
    Await.state(waiting.thread(), Thread.State.WAITING);
    waiting.interrupt();
    waiting.fails(InterruptedException.class);
    letGo();
    pool.submit(slow);
    awaitEnded(2);
  }

  @Test
  @DisplayName("A task has the context of its submitter, and bad numbers are refused")
  void contextsAndNumbers() throws Exception {
    ScalingPool pool = pool(1, 1, 5);
    Channel<Context> seen = Channel.make(1);
    try (CancelContext first = Context.withCancel(Context.background())) {
      first.run(() -> pool.submit(() -> seen.send(Context.current())));
      assertSame(first, seen.receive());
      pool.submit(() -> seen.send(Context.current()));
      assertSame(Context.background(), seen.receive());
    }
    for (int[] bad : new int[][] {{-1, 1, 0}, {0, 0, 0}, {2, 1, 0}, {0, 1, -1}}) {
      assertThrows(IllegalArgumentException.class, () -> ScalingPool.of(bad[0], bad[1], bad[2]));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> ScalingPool.of(0, 1, 0, Duration.ZERO, Clock.system(), null));
  }

  @Test
  @DisplayName("ART-13: whatever tasks do and however the pool breathes, each is run once")
  void storm() throws Exception {
    ScalingPool pool = pool(0, 4, 3);
    int each = Scale.times(2_000);
    List<Task<Boolean>> submitting = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      submitting.add(
          threads.start(
              () -> {
                for (int i = 0; i < each; i++) {
                  pool.submit(any(i));
                }
              }));
    }
    for (int i = 0; i < Scale.times(200); i++) {
      clock.advance(SECOND);
      Thread.yield();
    }
    for (Task<Boolean> task : submitting) {
      task.get();
    }
    awaitEnded(3 * each);
  }

  private Body any(int number) {
    return () -> {
      ended.incrementAndGet();
      switch (number % 5) {
        case 0 -> throw Goexit.INSTANCE;
        case 1 -> throw new IllegalStateException("as it happens");
        case 2 -> Thread.currentThread().interrupt();
        case 3 -> Thread.yield();
        default -> {
          if (ThreadLocalRandom.current().nextInt(100) == 0) {
            Thread.sleep(1);
          }
        }
      }
    };
  }

  @Test
  @DisplayName("ART-13: a queue without limit is never full")
  void largeQueue() throws Exception {
    ScalingPool pool = pool(1, 1, Integer.MAX_VALUE);
    assertTrue(pool.trySubmit(quick));
    pool.submit(quick);
    awaitEnded(2);
  }
}
