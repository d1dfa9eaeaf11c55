package dev.weft.internal.park;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the scheduler's [Runtime] answers on a goroutine, and on threads that are none. Each
/// backend has its own subclass.
abstract class RuntimeContract {

  private static final ScopedValue<String> CONTEXT = ScopedValue.newInstance();

  private final Runtime runtime = Runtime.get();
  private Scheduler scheduler;

  abstract Backend backend();

  @BeforeEach
  void open() {
    scheduler = Scheduler.builder().name("runtime-test").backend(backend()).procs(2).build();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  @AfterEach
  void close() {
    scheduler.close();
  }

  private interface Starter {
    void start(Runnable body);
  }

  private static <T> T on(Starter starter, Callable<T> body) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    starter.start(
        () -> {
          try {
            result.complete(body.call());
          } catch (Throwable thrown) {
            result.completeExceptionally(thrown);
          }
        });
    try {
      return result.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the body failed", e.getCause());
    }
  }

  <T> T onGoroutine(Callable<T> body) throws Exception {
    return on(task -> scheduler.go(task::run), body);
  }

  // ---- Waiters and ids ----

  @Test
  @DisplayName("A goroutine uses one waiter again and again, and not that of another one")
  void waiterReuse() throws Exception {
    Waiter first =
        onGoroutine(
            () -> {
              Waiter own = runtime.waiter();
              assertSame(Thread.currentThread(), own.thread());
              long earlier = own.arm();
              assertSame(own, runtime.waiter());
              assertTrue(own.arm() > earlier, "a new round");
              return own;
            });
    assertNotSame(first, onGoroutine(runtime::waiter));
  }

  @Test
  @DisplayName("MU-22: off a gpm processor waiting actively may pay if there are two processors")
  void spinningElsewhere() throws Exception {
    boolean multiprocessor = java.lang.Runtime.getRuntime().availableProcessors() > 1;
    Starter[] starters = {Thread.ofPlatform()::start, Thread.ofVirtual()::start};
    for (Starter starter : starters) {
      assertEquals(multiprocessor, on(starter, runtime::maySpin));
      assertTrue(on(starter, runtime::processorHint) >= 0);
    }
  }

  @Test
  @DisplayName("MU-22: on a platform thread there is nobody to give way to, and no effect")
  void yieldElsewhere() throws Exception {
    on(
        Thread.ofPlatform()::start,
        () -> {
          Thread.currentThread().interrupt();
          runtime.yieldToReadied();
          return Thread.interrupted();
        });
  }

  @Test
  @DisplayName("A spawner starts goroutines where it was made, from any thread")
  void spawner() throws Exception {
    Spawner spawner = onGoroutine(runtime::spawner);
    CompletableFuture<Scheduler> startedOn = new CompletableFuture<>();
    spawner.spawn(() -> startedOn.complete(Scheduler.current()));
    assertSame(scheduler, startedOn.get(60, TimeUnit.SECONDS));
  }

  @Test
  @DisplayName(
      "A spawner of no goroutine, or of a closed scheduler, starts them on the default one")
  void spawnerElsewhere() throws Exception {
    Spawner ofNone = runtime.spawner();
    Spawner ofClosed = onGoroutine(runtime::spawner);
    scheduler.close();
    for (Spawner spawner : List.of(ofNone, ofClosed)) {
      CompletableFuture<Scheduler> startedOn = new CompletableFuture<>();
      spawner.spawn(() -> startedOn.complete(Scheduler.current()));
      assertSame(Scheduler.defaultScheduler(), startedOn.get(60, TimeUnit.SECONDS));
    }
  }

  @Test
  @DisplayName("Any other thread gets a new waiter each time")
  void newWaiters() throws Exception {
    Starter[] starters = {Thread.ofPlatform()::start, Thread.ofVirtual()::start};
    for (Starter starter : starters) {
      on(
          starter,
          () -> {
            Waiter first = runtime.waiter();
            assertSame(Thread.currentThread(), first.thread());
            assertNotSame(first, runtime.waiter());
            assertEquals(0, runtime.goroutineId());
            return true;
          });
    }
  }

  @Test
  @DisplayName("A virtual thread started inside a goroutine is not that goroutine")
  void childIsNotTheGoroutine() throws Exception {
    onGoroutine(
        () -> {
          Waiter own = runtime.waiter();
          return on(
              Thread.ofVirtual()::start,
              () -> {
                assertNotSame(own, runtime.waiter());
                assertSame(Thread.currentThread(), runtime.waiter().thread());
                assertEquals(0, runtime.goroutineId());
                assertNull(Goroutine.current());
                return true;
              });
        });
  }

  @Test
  @DisplayName("goroutineId is the id of the handle")
  void goroutineId() throws Exception {
    CompletableFuture<Long> id = new CompletableFuture<>();
    Goroutine goroutine = scheduler.go(() -> id.complete(runtime.goroutineId()));
    assertEquals(goroutine.id(), id.get(60, TimeUnit.SECONDS));
  }

  @Test
  @DisplayName("waitReason of the handle is that of the waiter, while it waits")
  void waitReason() throws Exception {
    CompletableFuture<Waiter> armed = new CompletableFuture<>();
    CompletableFuture<Long> ticket = new CompletableFuture<>();
    Object blocker = new Object();
    Goroutine goroutine =
        scheduler.go(
            () -> {
              Waiter own = runtime.waiter();
              ticket.complete(own.arm());
              armed.complete(own);
              own.await(ticket.join(), WaitReason.SEMACQUIRE, blocker);
            });
    Waiter waiter = armed.get(60, TimeUnit.SECONDS);
    while (!Owner.isParked(goroutine.thread(), blocker)) {
      Thread.yield();
    }
    assertEquals("semacquire", goroutine.waitReason());
    assertEquals(Goroutine.State.WAITING, goroutine.state());
    assertTrue(goroutine.toString().contains("WAITING (semacquire)"), goroutine.toString());
    assertTrue(waiter.decide(ticket.join(), Waiter.FIRST_PEER_CODE));
    waiter.wake();
    goroutine.join();
    assertNull(goroutine.waitReason());
  }

  // ---- Spawning ----

  @Test
  @DisplayName("spawn starts on the scheduler of the calling goroutine")
  void spawnFromGoroutine() throws Exception {
    CompletableFuture<Scheduler> where = new CompletableFuture<>();
    onGoroutine(
        () -> {
          runtime.spawn("spawned", () -> where.complete(Scheduler.current()));
          return true;
        });
    assertSame(scheduler, where.get(60, TimeUnit.SECONDS));
  }

  @Test
  @DisplayName("spawn starts on the default scheduler when the caller is not a goroutine")
  void spawnFromElsewhere() throws Exception {
    CompletableFuture<Goroutine> where = new CompletableFuture<>();
    runtime.spawn("spawned", () -> where.complete(Goroutine.current()));
    Goroutine spawned = where.get(60, TimeUnit.SECONDS);
    assertNotNull(spawned);
    assertSame(Scheduler.defaultScheduler(), spawned.scheduler());
    assertEquals("spawned", spawned.name());
  }

  @Test
  @DisplayName("The spawn hook runs on the spawning thread and carries a scoped value along")
  void spawnHookCarries() throws Exception {
    CompletableFuture<Thread> hookRan = new CompletableFuture<>();
    SpawnHook before =
        Runtime.onSpawn(
            body -> {
              if (!CONTEXT.isBound()) {
                return body;
              }
              hookRan.complete(Thread.currentThread());
              String carried = CONTEXT.get();
              return () ->
                  ScopedValue.where(CONTEXT, carried)
                      .call(
                          () -> {
                            body.run();
                            return carried;
                          });
            });
    try {
      CompletableFuture<String> seen = new CompletableFuture<>();
      ScopedValue.where(CONTEXT, "request 7")
          .run(() -> scheduler.go(() -> seen.complete(CONTEXT.orElse("nothing"))));
      assertEquals("request 7", seen.get(60, TimeUnit.SECONDS));
      assertSame(Thread.currentThread(), hookRan.join());

      CompletableFuture<String> viaRuntime = new CompletableFuture<>();
      ScopedValue.where(CONTEXT, "request 8")
          .run(() -> runtime.spawn(null, () -> viaRuntime.complete(CONTEXT.orElse("nothing"))));
      assertEquals("request 8", viaRuntime.get(60, TimeUnit.SECONDS));

      CompletableFuture<String> viaFactory = new CompletableFuture<>();
      ScopedValue.where(CONTEXT, "request 9")
          .run(
              () ->
                  scheduler
                      .threadFactory()
                      .newThread(() -> viaFactory.complete(CONTEXT.orElse("nothing")))
                      .start());
      assertEquals("request 9", viaFactory.get(60, TimeUnit.SECONDS));
    } finally {
      Runtime.onSpawn(before);
    }
  }

  @Test
  @DisplayName("Without a hook, or without a binding, nothing is carried")
  void nothingToCarry() throws Exception {
    SpawnHook before = Runtime.onSpawn(null);
    try {
      CompletableFuture<String> seen = new CompletableFuture<>();
      ScopedValue.where(CONTEXT, "request 7")
          .run(() -> scheduler.go(() -> seen.complete(CONTEXT.orElse("nothing"))));
      assertEquals("nothing", seen.get(60, TimeUnit.SECONDS));
    } finally {
      Runtime.onSpawn(before);
    }
  }

  // ---- Time ----

  @Test
  @DisplayName("The clock is positive and does not go back; the coarse one is not ahead of it")
  void clocks() throws Exception {
    onGoroutine(
        () -> {
          long before = runtime.nanoTime();
          assertTrue(before > 0);
          long coarse = runtime.coarseNanoTime();
          long after = runtime.nanoTime();
          assertTrue(after >= before && coarse <= after, before + " " + coarse + " " + after);
          return true;
        });
  }

  // ---- Relaxing ----

  /// More than one cycle of the ways to give way.
  private static final int ATTEMPTS = 200;

  @Test
  @DisplayName("relax returns, and leaves the interrupt flag as it is, on every kind of thread")
  void relax() throws Exception {
    List<Starter> starters =
        List.of(
            Thread.ofPlatform()::start, Thread.ofVirtual()::start, body -> scheduler.go(body::run));
    for (Starter starter : starters) {
      on(
          starter,
          () -> {
            for (int i = 0; i < ATTEMPTS; i++) {
              runtime.relax(i);
              assertFalse(Thread.currentThread().isInterrupted());
            }
            Thread.currentThread().interrupt();
            for (int i = 0; i < ATTEMPTS; i++) {
              runtime.relax(i);
              assertTrue(Thread.currentThread().isInterrupted());
            }
            return true;
          });
    }
  }

  @Test
  @DisplayName("relax throws nothing at any depth where a probe found room, deep as the stack is")
  void relaxDeep() throws Exception {
    for (Starter starter :
        List.<Starter>of(Thread.ofVirtual()::start, body -> scheduler.go(body::run))) {
      int[] relaxed = new int[1];
      on(
          starter,
          () -> {
            relaxInTheDeep(relaxed);
            return true;
          });
      assertEquals(DEEP, relaxed[0]);
    }
  }

  private static final int DEEP = 20;

  @SuppressWarnings("InfiniteRecursion") // until the stack overflows
  private void relaxInTheDeep(int[] relaxed) {
    try {
      relaxInTheDeep(relaxed);
    } catch (StackOverflowError bottom) {
      // turn round
    }
    if (relaxed[0] < DEEP) {
      try {
        StackProbe.ensureMany(0);
      } catch (StackOverflowError tight) {
        return;
      }
      try {
        for (int i = 0; i < ATTEMPTS; i++) {
          runtime.relax(i);
        }
        relaxed[0]++;
      } catch (StackOverflowError thrown) {
        throw new AssertionError("relax overflowed", thrown);
      }
    }
  }
}
