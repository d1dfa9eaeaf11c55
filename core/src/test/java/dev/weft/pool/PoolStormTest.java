package dev.weft.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.base.Goexit;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import dev.weft.context.ContextException;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A million tasks on eight workers, which throw, interrupt, are cancelled and come too late as it
/// happens: each is accounted for, once.
@Tag("slow")
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class PoolStormTest extends PoolContract {
  private static final int WORKERS = 8;
  private static final int SUBMITTERS = 4;
  private static final Duration MOMENT = Duration.ofNanos(20_000);
  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong began = new AtomicLong();
  private final Queue<AtomicBoolean> cancelledTasks = new ConcurrentLinkedQueue<>();
  private final AtomicLong thrown = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong now = new AtomicLong();
  private final AtomicLong most = new AtomicLong();

  private WorkerPool stormy() {
    return checked(
        builder(WORKERS)
            .maxWaiting(2)
            .expiry(Duration.ofMillis(1))
            .panicHandler(failure -> told.incrementAndGet())
            .build());
  }

  private int tasks() {
    return kind.isGoroutine() ? 1_000_000 : 100_000;
  }

  @Test
  @DisplayName("ANTS-3 to ANTS-7, ANTS-13 to ANTS-15, ANTS-30: no task is lost or run twice")
  void accountedFor() throws Exception {
    WorkerPool pool = stormy();
    List<Task<Boolean>> submitting = new ArrayList<>();
    for (int i = 0; i < SUBMITTERS; i++) {
      int seed = i;
      submitting.add(threads.start(() -> submitMany(pool, seed)));
    }
    int rounds = 0;
    while (submitting.stream().anyMatch(task -> !task.isDone())) {
      submitting.get(rounds % SUBMITTERS).interrupt();
      pool.tune(WORKERS - rounds % 3);
      rounds++;
      Thread.sleep(1); // a disturbance from time to time
    }
    for (Task<Boolean> task : submitting) {
      task.get();
    }
    assertTrue(pool.release(LONG));
    assertEquals(tasks(), accepted.get() + refused.get());
    long cancelled = cancelledTasks.stream().filter(entered -> !entered.get()).count();
    assertEquals(accepted.get() - cancelled, began.get());
    assertEquals(thrown.get(), told.get());
    assertEquals(0, now.get());
    assertTrue(most.get() <= WORKERS, () -> most + " ran at a time");
    assertTrue(thrown.get() > 0 && refused.get() > 0);
  }

  private void submitMany(WorkerPool pool, int seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (ExecutorService executor = pool.asExecutorService();
        CancelContext context = Context.withTimeout(Context.background(), Duration.ofMillis(50))) {
      for (int i = 0; i < tasks() / SUBMITTERS; i++) {
        try {
          submitOne(pool, executor, any(random.nextInt(64), context), random.nextInt(64));
        } catch (InterruptedException | PoolOverloadException e) {
          refused.incrementAndGet();
        }
      }
    }
  }

  private void submitOne(WorkerPool pool, ExecutorService executor, Body body, int how)
      throws InterruptedException {
    boolean taken = true;
    if (how == 0) {
      submitAndCancel(executor);
      return;
    } else if (how < 16) {
      taken = pool.submit(body, MOMENT);
    } else if (how < 24) {
      taken = pool.trySubmit(body);
    } else {
      pool.submit(body);
    }
    (taken ? accepted : refused).incrementAndGet();
  }

  /// A future that is cancelled before it begins never does: its worker finds nothing to do.
  private void submitAndCancel(ExecutorService executor) {
    AtomicBoolean entered = new AtomicBoolean();
    FutureTask<Boolean> future =
        new FutureTask<>(
            () -> {
              entered.set(true);
              enter();
              leave();
              return true;
            });
    try {
      executor.execute(future);
    } catch (RejectedExecutionException e) {
      Thread.interrupted(); // it is set again if that was why
      refused.incrementAndGet();
      return;
    }
    accepted.incrementAndGet();
    future.cancel(false);
    cancelledTasks.add(entered);
  }

  private void enter() {
    began.incrementAndGet();
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
  }

  private void leave() {
    now.decrementAndGet();
  }

  private Body any(int what, Context context) {
    return () -> {
      enter();
      try {
        switch (what) {
          case 0 -> throw counted(new IllegalStateException("as it happens"));
          case 1 -> throw counted(new AssertionError("as it happens"));
          case 2 -> throw Goexit.INSTANCE;
          case 3, 4 -> Thread.currentThread().interrupt();
          case 5, 6 -> Thread.yield();
          case 7 -> context.check();
          default -> {}
        }
      } catch (ContextException done) {
        throw counted(done);
      } finally {
        leave();
      }
    };
  }

  private <X extends Throwable> X counted(X failure) {
    thrown.incrementAndGet();
    return failure;
  }
}
