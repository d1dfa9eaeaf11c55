package dev.weft.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Goexit;
import dev.weft.channel.Channel;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import dev.weft.scheduler.Goroutine;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Submitting to pools, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class WorkerPoolTest extends PoolContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  @Test
  @DisplayName("ANTS-1: without limit nobody waits, and capacity and free are -1")
  void unlimited() throws Exception {
    WorkerPool pool = pool(0);
    for (int i = 0; i < 1_000; i++) {
      pool.submit(slow);
    }
    assertEquals(1_000, pool.running());
    assertEquals(-1, pool.capacity());
    assertEquals(-1, pool.free());
    letGo();
    awaitEnded(1_000);
    assertEquals(-1, checked(builder(-7).build()).capacity());
  }

  @Test
  @DisplayName("ANTS-2, ANTS-3: workers that are idle count as running, and are used again")
  void counts() throws Exception {
    WorkerPool pool = checked(builder(3).keepIdle().build());
    assertEquals(0, pool.running());
    for (int i = 0; i < 5; i++) {
      pool.submit(quick);
      awaitEnded(i + 1);
      awaitIdle(pool, 1);
    }
    assertEquals(1, pool.running());
    assertEquals(2, pool.free());
    fill(pool);
    pool.submit(slow); // to the one that was idle
    assertEquals(0, pool.free());
    Task<Boolean> waiting = submitter(pool, quick);
    assertEquals(1, pool.waiting());
    letGo();
    waiting.get();
    awaitEnded(9);
  }

  /// So many of the pool's goroutines are idle.
  private static void awaitIdle(WorkerPool pool, int count) throws InterruptedException {
    Await.until(() -> pool.core().idle() == count, pool::toString);
  }

  @Test
  @DisplayName("ANTS-4: a nonblocking pool refuses at once, also with a limit on waiters")
  void nonblocking() throws Exception {
    WorkerPool pool = checked(builder(1).nonblocking().maxWaiting(5).build());
    fill(pool);
    PoolOverloadException refused =
        assertThrows(PoolOverloadException.class, () -> pool.submit(quick));
    String text = "" + refused.getMessage();
    assertTrue(
        text.startsWith("too many goroutines blocked on submit or Nonblocking is set: "), text);
    assertFalse(pool.trySubmit(quick));
    assertThrows(PoolOverloadException.class, () -> pool.submit(quick, LONG));
    letGo();
    awaitEnded(1);
  }

  @Test
  @DisplayName("ANTS-5: only so many wait, and those behind them are refused")
  void maxWaiting() throws Exception {
    WorkerPool pool = checked(builder(1).maxWaiting(2).build());
    fill(pool);
    List<Task<Boolean>> waiting = List.of(submitter(pool, quick), submitter(pool, quick));
    assertThrows(PoolOverloadException.class, () -> pool.submit(quick));
    assertThrows(PoolOverloadException.class, () -> pool.submit(quick, LONG));
    assertFalse(pool.submit(quick, Duration.ZERO));
    letGo();
    for (Task<Boolean> task : waiting) {
      task.get();
    }
    awaitEnded(3);
  }

  @Test
  @DisplayName("ANTS-6: those who wait are served in their order")
  void order() throws Exception {
    WorkerPool pool = pool(1);
    fill(pool);
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 5; i++) {
      int number = i;
      var _ = submitter(pool, () -> served.add(number));
    }
    letGo();
    Await.until(() -> served.size() == 5, served::toString);
    assertEquals(List.of(0, 1, 2, 3, 4), served);
  }

  @RepeatedTest(20)
  @DisplayName("ANTS-6: whoever was told of room and found it taken is still ahead of the next")
  void keepsPlace() throws Exception {
    WorkerPool pool = pool(1);
    fill(pool);
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 2; i++) {
      int number = i;
      var _ = submitter(pool, () -> served.add(number));
    }
    CountDownLatch taken = new CountDownLatch(1);
    threads
        .start(
            () -> {
              pool.tune(2);
              pool.trySubmit(taken::await);
            })
        .get();
    // The first one has lost the room and come back, or it was faster.
    Await.until(() -> pool.waiting() == 2 || !served.isEmpty(), pool::toString);
    letGo();
    Await.until(() -> served.size() == 2, served::toString);
    taken.countDown();
    assertEquals(List.of(0, 1), served);
  }

  @Test
  @DisplayName("ANTS-5, ANTS-6: whoever is interrupted or too late has not submitted")
  void givesUp() throws Exception {
    WorkerPool pool = pool(1);
    fill(pool);
    assertFalse(pool.submit(quick, SHORT));
    Task<Boolean> interrupted = submitter(pool, quick);
    Task<Boolean> next = submitter(pool, quick);
    interrupted.interrupt();
    interrupted.fails(InterruptedException.class);
    awaitWaiting(pool, 1);
    letGo();
    next.get();
    awaitEnded(2);
    Task<Boolean> flagged =
        threads.start(
            () -> {
              Thread.currentThread().interrupt();
              pool.submit(quick);
            });
    flagged.fails(InterruptedException.class);
    assertEquals(2, begun.get());
  }

  @Test
  @DisplayName("ANTS-8: the worker that was idle shortest comes first; pre-allocated: idle longest")
  void idleOrder() throws Exception {
    assertSame(lastIdle(checked(builder(3).keepIdle().build())), who(pools.getFirst()));
    WorkerPool fixed = checked(builder(3).keepIdle().preAllocate().build());
    assertEquals(3, fixed.running());
    awaitIdle(fixed, 3);
    Goroutine first = who(fixed);
    awaitIdle(fixed, 3);
    Goroutine second = who(fixed);
    awaitIdle(fixed, 3);
    Goroutine third = who(fixed);
    awaitIdle(fixed, 3);
    assertFalse(first.equals(second) || second.equals(third) || first.equals(third));
    assertSame(first, who(fixed));
    assertFalse(fixed.tune(5), "ANTS-14");
    assertEquals(3, fixed.capacity());
  }

  private final List<WorkerPool> pools = new ArrayList<>();

  /// Makes three workers idle, one after the other.
  private Goroutine lastIdle(WorkerPool pool) throws InterruptedException {
    pools.add(pool);
    List<Channel<Boolean>> ends = List.of(Channel.make(), Channel.make(), Channel.make());
    AtomicReference<Goroutine> last = new AtomicReference<>();
    for (Channel<Boolean> end : ends) {
      pool.submit(
          () -> {
            end.receive();
            last.set(Objects.requireNonNull(Goroutine.current()));
          });
    }
    int idle = 0;
    for (Channel<Boolean> end : ends) {
      end.close();
      awaitIdle(pool, ++idle);
    }
    return Objects.requireNonNull(last.get());
  }

  /// The worker that gets the next task.
  private static Goroutine who(WorkerPool pool) throws InterruptedException {
    Channel<Goroutine> worker = Channel.make(1);
    pool.submit(() -> worker.send(Objects.requireNonNull(Goroutine.current())));
    return Objects.requireNonNull(worker.receive());
  }

  @Test
  @DisplayName(
      "ANTS-13: what a task throws goes to the handler, when its worker is not there any more")
  void panics() throws Exception {
    IOException failure = new IOException("gone");
    Channel<Throwable> told = Channel.make(1);
    AtomicInteger runningThen = new AtomicInteger(-1);
    AtomicReference<WorkerPool> self = new AtomicReference<>();
    WorkerPool pool =
        checked(
            builder(1)
                .panicHandler(
                    thrown -> {
                      runningThen.set(Objects.requireNonNull(self.get()).running());
                      told.trySend(thrown);
                    })
                .build());
    self.set(pool);
    pool.submit(
        () -> {
          throw failure;
        });
    assertSame(failure, told.receive());
    assertEquals(0, runningThen.get());
    pool.submit(quick);
    awaitEnded(1);
  }

  @Test
  @DisplayName("ANTS-13: a failure lets somebody who waits have the room, and goexit does so too")
  void failureMakesRoom() throws Exception {
    WorkerPool pool = checked(builder(1).panicHandler(thrown -> {}).build());
    Channel<Boolean> fail = Channel.make();
    for (Throwable thrown : List.of(new IOException("gone"), Goexit.INSTANCE)) {
      pool.submit(
          () -> {
            fail.receive();
            throw thrown;
          });
      Task<Boolean> waiting = submitter(pool, quick);
      fail.send(true);
      waiting.get();
    }
    awaitEnded(2);
  }

  @Test
  @DisplayName(
      "ANTS-20, ANTS-21: a task may try to submit to a full pool; null is refused and ends nobody")
  void fromInside() throws Exception {
    WorkerPool pool = pool(1);
    Channel<Boolean> could = Channel.make(1);
    pool.submit(() -> could.send(pool.trySubmit(quick)));
    assertEquals(false, could.receive());
    nulls(pool);
    pool.submit(quick);
    awaitEnded(1);
  }

  @SuppressWarnings("NullAway")
  private static void nulls(WorkerPool pool) {
    assertThrows(NullPointerException.class, () -> pool.submit(null));
    assertThrows(NullPointerException.class, () -> pool.submit(null, LONG));
    assertThrows(NullPointerException.class, () -> pool.trySubmit(null));
  }

  @Test
  @DisplayName("An interrupt of one task is not the next one's, and ends an idle worker")
  void interrupts() throws Exception {
    WorkerPool pool = checked(builder(1).keepIdle().build());
    Channel<Boolean> flags = Channel.make(1);
    pool.submit(() -> Thread.currentThread().interrupt());
    pool.submit(() -> flags.send(Thread.currentThread().isInterrupted()));
    assertEquals(false, flags.receive());
    awaitIdle(pool, 1);
    Goroutine idle = who(pool);
    awaitIdle(pool, 1);
    idle.interrupt();
    awaitRunning(pool, 0);
    pool.submit(quick);
    awaitEnded(1);
  }

  @Test
  @DisplayName("A task has the context of its submitter, whoever started its worker")
  void contexts() throws Exception {
    WorkerPool pool = checked(builder(1).keepIdle().build());
    Channel<Context> seen = Channel.make(1);
    try (CancelContext first = Context.withCancel(Context.background());
        CancelContext second = Context.withCancel(Context.background())) {
      first.run(() -> pool.submit(() -> seen.send(Context.current())));
      assertSame(first, seen.receive());
      second.run(() -> pool.submit(() -> seen.send(Context.current())));
      assertSame(second, seen.receive());
      pool.submit(() -> seen.send(Context.current()));
      assertSame(Context.background(), seen.receive());
    }
  }
}
