package dev.weft.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.base.Goexit;
import dev.weft.context.CancelContext;
import dev.weft.context.CanceledException;
import dev.weft.context.Context;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of groups, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class ErrGroupTest extends ThreadsContract {
  private static final Duration LONG = Duration.ofHours(1);

  private final ErrGroup group = new ErrGroup();
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);

  private final Body slow =
      () -> {
        begun.countDown();
        mayEnd.await();
      };

  @Override
  protected void letGo() {
    mayEnd.countDown();
  }

  @Override
  protected void assertSettled() {
    assertTrue(group.toString().contains("[0 running"), group::toString);
  }

  private static void awaitFailure(ErrGroup group) throws InterruptedException {
    Await.until(() -> group.failure() != null, group::toString);
  }

  @Test
  @DisplayName("EG-1, EG-2: a group without anything waits for all, and all is well")
  void waitsForAll() throws Exception {
    Task<Boolean> waiting =
        threads.start(
            () -> {
              group.go(slow);
              group.await();
            });
    begun.await();
    assertFalse(group.await(Duration.ofMillis(1)));
    assertFalse(waiting.isDone());
    mayEnd.countDown();
    waiting.get();
    assertTrue(group.await(Duration.ZERO));
    assertNull(group.failure());
    assertSame(Context.background(), group.context());
  }

  @Test
  @DisplayName("EG-2, EG-5: the first failure by time is thrown, those after it are suppressed")
  void firstByTime() throws Exception {
    IOException first = new IOException("first");
    IOException second = new IOException("second");
    threads
        .start(
            () -> {
              group.go(
                  () -> {
                    mayEnd.await();
                    throw second;
                  });
              group.go(
                  () -> {
                    throw first;
                  });
              awaitFailure(group);
              mayEnd.countDown();
              ExecutionException thrown = assertThrows(ExecutionException.class, group::await);
              assertSame(first, thrown.getCause());
              assertArrayEquals(new Throwable[] {second}, thrown.getSuppressed());
              assertEquals(0, first.getSuppressed().length, "the user's exception is as it was");
            })
        .get();
    assertSame(first, assertThrows(ExecutionException.class, group::await).getCause());
    assertSame(first, group.failure());
  }

  @Test
  @DisplayName("EG-5: of many failures so many are kept, the same one any number of times")
  void keptFailures() throws Exception {
    IOException same = new IOException("same");
    for (int i = 0; i < ErrGroup.KEPT + 10; i++) {
      group.go(
          () -> {
            throw same;
          });
    }
    ExecutionException thrown = assertThrows(ExecutionException.class, group::await);
    assertEquals(ErrGroup.KEPT, thrown.getSuppressed().length);
  }

  @Test
  @DisplayName("EG-2: an exception that cannot say what it is, is thrown all the same")
  void unspeakable() throws Exception {
    Exception mute =
        new Exception() {
          @Override
          public String getMessage() {
            throw new IllegalStateException("mute");
          }
        };
    group.go(
        () -> {
          throw mute;
        });
    assertSame(mute, assertThrows(ExecutionException.class, group::await).getCause());
    assertTrue(group.toString().contains(mute.getClass().getName()));
  }

  @Test
  @DisplayName("EG-3, EG-4: the first failure ends the context, and is its cause")
  void failureEndsContext() throws Exception {
    ErrGroup failing = ErrGroup.withContext(Context.background());
    IllegalStateException failure = new IllegalStateException("gone");
    threads
        .start(
            () -> {
              failing.go(() -> failing.context().done().receiveOk());
              failing.go(
                  () -> {
                    throw failure;
                  });
              assertThrows(ExecutionException.class, failing::await);
            })
        .get();
    assertSame(CanceledException.INSTANCE, failing.context().err());
    assertSame(failure, failing.context().cause());
  }

  @Test
  @DisplayName("EG-3, EG-4: await ends the context also after a success")
  void successEndsContext() throws Exception {
    ErrGroup succeeding = ErrGroup.withContext(Context.background());
    succeeding.go(() -> {});
    assertFalse(succeeding.context().isDone());
    succeeding.await();
    assertSame(CanceledException.INSTANCE, succeeding.context().cause());
  }

  @Test
  @DisplayName("EG-3: an await that is interrupted or too short leaves the context as it is")
  void contextGoesOn() throws Exception {
    try (CancelContext parent = Context.withCancel(Context.background())) {
      ErrGroup waiting = ErrGroup.withContext(parent);
      waiting.go(slow);
      assertFalse(waiting.await(Duration.ofMillis(1)));
      Task<Boolean> interrupted = threads.start(waiting::await);
      Await.state(interrupted.thread(), Thread.State.WAITING);
      interrupted.interrupt();
      interrupted.fails(InterruptedException.class);
      assertFalse(waiting.context().isDone());
      parent.cancel(null);
      assertTrue(waiting.context().isDone());
      mayEnd.countDown();
      waiting.await();
    }
  }

  @Test
  @DisplayName(
      "EG-6, EG-10: no more than the limit are at work, and all slots are free after await")
  void limit() throws Exception {
    group.setLimit(2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    threads
        .start(
            () -> {
              for (int i = 0; i < Scale.times(300); i++) {
                group.go(
                    () -> {
                      most.accumulateAndGet(now.incrementAndGet(), Math::max);
                      if (ThreadLocalRandom.current().nextInt(8) == 0) {
                        Thread.yield();
                      }
                      now.decrementAndGet();
                    });
              }
              group.await();
              assertTrue(group.tryGo(slow));
              assertTrue(group.tryGo(slow));
              assertFalse(group.tryGo(slow));
            })
        .get();
    assertTrue(most.get() <= 2, "at work: " + most);
    mayEnd.countDown();
    group.await();
  }

  @Test
  @DisplayName("EG-6: with the limit 0 go waits until it is interrupted; less than 0 is no limit")
  void limitZero() throws Exception {
    group.setLimit(0);
    Task<Boolean> starting = threads.start(() -> group.go(() -> {}));
    Await.state(starting.thread(), Thread.State.WAITING);
    starting.interrupt();
    starting.fails(InterruptedException.class);
    assertFalse(group.tryGo(() -> {}));
    group.setLimit(-1);
    assertTrue(group.tryGo(() -> {}), "EG-8");
    group.await();
  }

  @Test
  @DisplayName("EG-7: the limit cannot be changed while goroutines are at work")
  void limitWhileActive() throws Exception {
    group.go(slow);
    String text =
        "" + assertThrows(IllegalStateException.class, () -> group.setLimit(1)).getMessage();
    assertTrue(
        text.startsWith("errgroup: modify limit while 1 goroutines in the group are still active"),
        text);
    mayEnd.countDown();
    group.await();
    group.setLimit(1);
  }

  @Test
  @DisplayName("EG-9: errors are failures too, goexit is none")
  void errorsAndGoexit() throws Exception {
    group.setLimit(1);
    group.go(
        () -> {
          throw new AssertionError("wrong");
        });
    group.go(
        () -> {
          throw Goexit.INSTANCE;
        });
    ExecutionException thrown = assertThrows(ExecutionException.class, group::await);
    assertInstanceOf(AssertionError.class, thrown.getCause());
    assertEquals(0, thrown.getSuppressed().length);
    assertTrue(group.toString().endsWith("[0 running, failed: " + thrown.getCause() + "]"));
  }

  @Test
  @DisplayName("EG-2: goroutines of a group may start others in it")
  void nested() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    threads
        .start(
            () -> {
              for (int i = 0; i < 10; i++) {
                group.go(
                    () -> {
                      for (int j = 0; j < 10; j++) {
                        group.go(ran::incrementAndGet);
                      }
                    });
              }
              group.await();
            })
        .get();
    assertEquals(100, ran.get());
  }

  @Test
  @DisplayName("a closed scheduler refuses, and nothing stays counted")
  void refused() throws Exception {
    Scheduler scheduler = threads.scheduler();
    if (scheduler == null) {
      return; // the default scheduler cannot be closed
    }
    group.setLimit(1);
    CountDownLatch closed = new CountDownLatch(1);
    Task<Boolean> late =
        threads.start(
            () -> {
              begun.countDown();
              closed.await();
              group.tryGo(() -> {});
            });
    begun.await();
    Thread closer = Thread.ofPlatform().start(() -> scheduler.close(LONG));
    Await.until(() -> scheduler.isClosed(), "close has begun");
    closed.countDown();
    late.fails(RejectedExecutionException.class);
    closer.join();
    group.await();
    assertTrue(group.tryGo(() -> {}), "the slot is free again");
    group.await();
  }

  @Test
  @DisplayName(
      "Near the end of the stack a goroutine is started, or nothing is, and no slot is lost")
  void nearTheEndOfTheStack() throws Exception {
    group.setLimit(1);
    AtomicInteger ran = new AtomicInteger();
    int started = 0;
    for (int i = 0; i < Scale.times(1); i++) {
      started += deep(n -> group.tryGo(ran::incrementAndGet));
      started += deep(n -> go(ran::incrementAndGet));
    }
    group.await();
    assertEquals(started, ran.get());
    assertTrue(group.tryGo(() -> {}), "the slot is free");
    group.await();
  }

  private int deep(IntPredicate action) throws Exception {
    return threads.call(() -> Descent.of(action)).get().done();
  }

  private boolean go(Body body) {
    try {
      group.go(body);
      return true;
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  @DisplayName("EG-1: null is refused before anything happens")
  @SuppressWarnings("NullAway")
  void nothing() throws Exception {
    assertThrows(NullPointerException.class, () -> group.go(null));
    assertThrows(NullPointerException.class, () -> group.tryGo(null));
    assertThrows(NullPointerException.class, () -> ErrGroup.withContext(null));
    group.await();
  }
}
