package dev.weft.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Pools and limiters at every depth near the end of the stack: what is called there is done as a
/// whole or not at all, and they work afterwards.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class DeepPoolTest extends PoolContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofNanos(1_000);

  /// What a thread does again and again on its way back; whether it was done.
  @FunctionalInterface
  private interface Action {
    boolean done(int times) throws Exception;
  }

  private static IntPredicate of(Action action) {
    return times -> {
      try {
        return action.done(times);
      } catch (Exception unexpected) {
        throw new AssertionError(unexpected);
      }
    };
  }

  /// How often it was done in all.
  private int deep(Action action) throws Exception {
    int done = 0;
    for (int i = 0; i < Scale.times(1); i++) {
      Task<Descent> descent = threads.call(() -> Descent.of(of(action)));
      done += descent.get().done();
    }
    assertTrue(done > 0, "it was never done");
    return done;
  }

  @Test
  @DisplayName("submit: a task is run, or the stack overflows")
  void submits() throws Exception {
    WorkerPool pool = pool(2);
    int done =
        deep(
            times -> {
              pool.submit(quick);
              return true;
            });
    awaitEnded(done);
    FunctionPool<Body> running = checked(builder(1).build(Body::run));
    int invoked =
        deep(
            times -> {
              running.invoke(quick);
              return true;
            });
    awaitEnded(done + invoked);
  }

  @Test
  @DisplayName("trySubmit: a task is run, or refused, or the stack overflows")
  void tries() throws Exception {
    WorkerPool pool = pool(2);
    int done = deep(times -> pool.trySubmit(quick));
    awaitEnded(done);
  }

  @Test
  @DisplayName("submit to a full pool: who gives up has left")
  void givesUp() throws Exception {
    WorkerPool pool = pool(1);
    fill(pool);
    deep(times -> !pool.submit(quick, SHORT));
    assertEquals(0, pool.waiting());
    letGo();
    awaitEnded(1);
    pool.submit(quick);
    awaitEnded(2);
  }

  @Test
  @DisplayName("tune: the pool has one capacity or the other, and works")
  void tunes() throws Exception {
    WorkerPool pool = checked(builder(3).keepIdle().build());
    deep(
        times -> {
          pool.tune(1 + times % 3);
          return pool.trySubmit(quick);
        });
    pool.tune(1);
    awaitRunning(pool, 1);
    pool.tune(5);
    for (int i = 0; i < 5; i++) {
      pool.submit(slow);
    }
    assertEquals(5, pool.running());
  }

  @Test
  @DisplayName("release and reboot: the pool is open or closed, and all its workers end")
  void releases() throws Exception {
    WorkerPool pool = checked(builder(2).keepIdle().build());
    int[] taken = new int[1];
    deep(
        times -> {
          pool.reboot();
          // Refused while two workers that have a task wait for a processor.
          taken[0] += pool.trySubmit(quick) ? 1 : 0;
          try {
            pool.release();
          } catch (StackOverflowError tight) {
            assertFalse(pool.isClosed(), "released halfway");
            throw tight;
          }
          return true;
        });
    assertTrue(taken[0] > 0, "nothing was ever submitted");
    pool.release();
    assertTrue(pool.awaitTermination(LONG));
    pool.reboot();
    pool.submit(quick);
    awaitEnded(taken[0] + 1);
  }

  @Test
  @DisplayName("execute: the executor ends when the tasks that it has taken have ended")
  void executes() throws Exception {
    for (ExecutorService executor :
        List.of(pool(2).asExecutorService(), Limiter.of(2).asExecutorService())) {
      int before = ended.get();
      int done =
          deep(
              times -> {
                executor.execute(
                    () -> {
                      ended.incrementAndGet();
                    });
                return true;
              });
      executor.shutdown();
      assertTrue(executor.awaitTermination(20, TimeUnit.SECONDS), executor::toString);
      assertEquals(before + done, ended.get());
    }
  }

  @Test
  @DisplayName("A limiter loses no permit, whatever overflows")
  void limits() throws Exception {
    Limiter limiter = Limiter.of(1);
    List<Action> actions =
        List.of(
            times -> limiter.tryGo(quick) != null,
            times -> limiter.go(LONG, quick) != null,
            times -> {
              limiter.run(() -> {});
              return true;
            },
            times -> limiter.call(LONG, () -> true),
            times -> {
              limiter.limit(1 + times % 2);
              return true;
            });
    for (Action action : actions) {
      deep(action);
      Await.until(() -> limiter.running() == 0, limiter::toString);
    }
    limiter.permits().checkInvariants();
  }

  @Test
  @DisplayName("A pool that scales: a task is run, or the stack overflows, and all workers end")
  void scales() throws Exception {
    List<Action> made = new ArrayList<>();
    ScalingPool pool = ScalingPool.of(0, 2, 1);
    made.add(times -> pool.trySubmit(quick));
    made.add(
        times -> {
          pool.submit(quick);
          return true;
        });
    int done = 0;
    for (Action action : made) {
      done += deep(action);
      awaitEnded(done);
    }
    assertFalse(pool.awaitTermination(Duration.ZERO));
    deep(
        times -> {
          pool.close();
          return true;
        });
    Await.until(() -> pool.workers() == 0, pool::toString);
    assertTrue(pool.awaitTermination(Duration.ofSeconds(20)), pool::toString);
  }
}
