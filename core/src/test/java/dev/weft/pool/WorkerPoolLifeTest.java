package dev.weft.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.time.FakeClock;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Size, idleness and end of pools, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class WorkerPoolLifeTest extends PoolContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeClock clock = new FakeClock();

  private static void awaitIdle(AbstractWorkerPool<?> pool, int count) throws InterruptedException {
    Await.until(() -> pool.core().idle() == count, pool::toString);
  }

  /// Lets the clock go on, and the purge that is due then come to its end.
  private void purge(WorkerPool pool) throws InterruptedException {
    clock.awaitPending(1);
    long before = pool.core().purges();
    clock.advance(SECOND);
    Await.until(() -> pool.core().purges() == before + 1, pool::toString);
  }

  @Test
  @DisplayName("ANTS-9, ANTS-10: idle workers end after one period or two, busy ones do not")
  void expiry() throws Exception {
    WorkerPool pool = checked(builder(5).expiry(SECOND).clock(clock).build());
    fill(pool);
    letGo();
    awaitIdle(pool, 5);
    purge(pool);
    assertEquals(5, pool.running());
    pool.submit(quick); // one of them is not idle all the time
    awaitEnded(6);
    awaitIdle(pool, 5);
    purge(pool);
    awaitRunning(pool, 1);
    purge(pool);
    awaitRunning(pool, 0);
    assertEquals(0, clock.pending(), "nothing is waited for while nobody is idle");
    pool.submit(quick);
    awaitEnded(7);
    awaitIdle(pool, 1);
    purge(pool);
    purge(pool);
    awaitRunning(pool, 0);
  }

  @Test
  @DisplayName("ANTS-12: idle workers stay if they are to")
  void keepIdle() throws Exception {
    WorkerPool pool = checked(builder(2).clock(clock).keepIdle().build());
    pool.submit(quick);
    awaitIdle(pool, 1);
    assertEquals(0, clock.pending());
    clock.advance(LONG);
    assertEquals(1, pool.running());
  }

  @Test
  @DisplayName("ANTS-9, ANTS-19, ANTS-29: bad options, and two that contradict each other")
  void options() {
    assertThrows(IllegalArgumentException.class, () -> builder(1).maxWaiting(-1));
    IllegalArgumentException expiry =
        assertThrows(IllegalArgumentException.class, () -> builder(1).expiry(Duration.ofNanos(-1)));
    assertTrue(("" + expiry.getMessage()).startsWith("invalid expiry for pool"));
    IllegalArgumentException size =
        assertThrows(IllegalArgumentException.class, () -> builder(0).preAllocate().build());
    assertTrue(
        ("" + size.getMessage())
            .startsWith("can not set up a negative capacity under PreAlloc mode"));
    checked(builder(1).keepIdle().expiry(Duration.ZERO).build());
  }

  @Test
  @DisplayName("ANTS-14: more workers are for those who wait")
  void tuneUp() throws Exception {
    WorkerPool pool = pool(1);
    fill(pool);
    List<Task<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(submitter(pool, slow));
    }
    assertFalse(pool.tune(1) || pool.tune(0) || pool.tune(-3));
    assertTrue(pool.tune(2));
    awaitWaiting(pool, 3);
    assertTrue(pool.tune(4));
    awaitWaiting(pool, 1);
    awaitRunning(pool, 4);
    letGo();
    for (Task<Boolean> task : waiting) {
      task.get();
    }
    assertFalse(pool(0).tune(3), "no limit");
  }

  @Test
  @DisplayName(
      "ANTS-14, ANTS-15: fewer workers; the idle ones end now, the busy ones after their tasks")
  void tuneDown() throws Exception {
    WorkerPool pool = checked(builder(4).keepIdle().build());
    pool.submit(slow);
    pool.submit(slow);
    pool.submit(quick);
    awaitIdle(pool, 1);
    assertTrue(pool.tune(2));
    awaitRunning(pool, 2);
    assertTrue(pool.tune(1));
    assertEquals(2, pool.running());
    assertEquals(0, pool.free());
    Task<Boolean> waiting = submitter(pool, quick);
    letGo();
    waiting.get();
    awaitRunning(pool, 1);
  }

  @Test
  @DisplayName(
      "ANTS-7, ANTS-16: release ends the idle, lets the busy finish, and refuses who waits")
  void release() throws Exception {
    WorkerPool pool = checked(builder(3).keepIdle().build());
    pool.submit(quick);
    awaitIdle(pool, 1);
    pool.submit(slow);
    pool.submit(slow);
    pool.submit(slow);
    Task<Boolean> waiting = submitter(pool, quick);
    pool.release();
    pool.release();
    PoolClosedException refused = waiting.fails(PoolClosedException.class);
    assertTrue(("" + refused.getMessage()).startsWith("this pool has been closed"));
    assertThrows(PoolClosedException.class, () -> pool.submit(quick));
    assertThrows(PoolClosedException.class, () -> pool.trySubmit(quick));
    assertTrue(pool.isClosed());
    assertFalse(pool.isTerminated());
    letGo();
    awaitEnded(4);
    assertTrue(pool.awaitTermination(LONG));
    assertTrue(pool.isTerminated());
  }

  @Test
  @DisplayName("ANTS-17: release waits so long for the workers, and is refused the second time")
  void releaseAndWait() throws Exception {
    WorkerPool pool = pool(2);
    fill(pool);
    assertFalse(pool.release(Duration.ofMillis(1)));
    assertThrows(PoolClosedException.class, () -> pool.release(LONG));
    letGo();
    assertTrue(pool.awaitTermination(LONG));
    assertEquals(2, ended.get());
    assertTrue(pool(1).release(Duration.ofMillis(1)), "nobody is there");
  }

  @Test
  @DisplayName("ANTS-18: a pool can be opened again, also while workers of before are busy")
  void reboot() throws Exception {
    WorkerPool pool = checked(builder(1).clock(clock).expiry(SECOND).build());
    pool.reboot();
    fill(pool);
    pool.release();
    pool.reboot();
    assertFalse(pool.isClosed());
    Task<Boolean> waiting = submitter(pool, quick);
    letGo();
    waiting.get();
    awaitEnded(2);
    assertTrue(pool.release(LONG));
    pool.reboot();
    assertFalse(pool.isTerminated());
    pool.submit(quick);
    awaitEnded(3);
    awaitIdle(pool, 1);
    purge(pool);
    purge(pool);
    awaitRunning(pool, 0);
  }

  @Test
  @DisplayName(
      "A pool of a closed scheduler refuses, and its idle workers do not hold the close up")
  void closedScheduler() throws Exception {
    try (Scheduler own = Scheduler.builder().name("own").procs(1).build()) {
      WorkerPool pool = checked(WorkerPool.builder(2).scheduler(own).keepIdle().build());
      pool.submit(quick);
      awaitIdle(pool, 1);
      assertTrue(own.close(Duration.ofMillis(50)).isEmpty(), "interrupts what is left, which ends");
      assertThrows(RejectedExecutionException.class, () -> pool.submit(quick));
      assertEquals(0, pool.running());
    }
  }

  @Test
  @DisplayName("ANTS-22: a pool with a function")
  void function() throws Exception {
    AtomicInteger sum = new AtomicInteger();
    FunctionPool<Integer> adding =
        checked(builder(2).name("adding").build((Integer number) -> sum.addAndGet(number)));
    for (int i = 0; i <= 100; i++) {
      adding.invoke(i);
    }
    assertTrue(adding.invoke(1_000, LONG));
    Await.until(() -> adding.tryInvoke(10_000), "a worker is free");
    adding.release(LONG);
    assertEquals(16_050, sum.get());
    nulls(adding);
  }

  @SuppressWarnings("NullAway")
  private static void nulls(FunctionPool<Integer> pool) {
    assertThrows(NullPointerException.class, () -> pool.invoke(null));
    NullPointerException lacking =
        assertThrows(NullPointerException.class, () -> FunctionPool.of(1, null));
    assertEquals("must provide function for pool", lacking.getMessage());
  }

  @Test
  @DisplayName("ANTS-10: purges may be counted past the largest int")
  void manyPurges() throws Exception {
    WorkerPool pool = checked(builder(1).expiry(SECOND).clock(clock).build());
    pool.core().purges = Integer.MAX_VALUE;
    pool.submit(quick);
    awaitEnded(1);
    awaitIdle(pool, 1);
    purge(pool);
    purge(pool);
    awaitRunning(pool, 0);
  }

  @Test
  @DisplayName("ANTS-16, ANTS-18: a release that is overtaken by a reboot comes to its end")
  void releaseAgainstReboot() throws Exception {
    WorkerPool pool = pool(1);
    fill(pool);
    AtomicBoolean over = new AtomicBoolean();
    List<Task<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(threads.start(() -> submitUnless(over, pool)));
    }
    Task<Boolean> rebooting =
        threads.start(
            () -> {
              while (!over.get()) {
                pool.reboot();
                Thread.yield();
              }
            });
    Task<Boolean> releasing =
        threads.start(
            () -> {
              for (int i = 0; i < Scale.times(2_000); i++) {
                pool.release();
                Thread.yield();
              }
            });
    releasing.get();
    over.set(true);
    rebooting.get();
    letGo();
    for (Task<Boolean> task : waiting) {
      task.get();
    }
  }

  private void submitUnless(AtomicBoolean over, WorkerPool pool) throws InterruptedException {
    while (!over.get()) {
      try {
        pool.submit(quick);
      } catch (PoolClosedException closed) {
        Thread.yield();
      }
    }
  }

  @Test
  @DisplayName("An idle worker does not hold on to the task that it has run")
  void forgetsTasks() throws Exception {
    WorkerPool pool = checked(builder(1).keepIdle().build());
    WeakReference<Object> used = submitUsing(pool, new Object());
    awaitEnded(1);
    awaitIdle(pool, 1);
    Await.until(
        () -> {
          System.gc();
          return used.get() == null;
        },
        "the task is garbage");
  }

  private WeakReference<Object> submitUsing(WorkerPool pool, Object something)
      throws InterruptedException {
    pool.submit(
        () -> {
          assertFalse(something.toString().isEmpty());
          ended.incrementAndGet();
        });
    return new WeakReference<>(something);
  }
}
