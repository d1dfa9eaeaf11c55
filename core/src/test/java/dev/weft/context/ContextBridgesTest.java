package dev.weft.context;

import static dev.weft.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.channel.Channel;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import dev.weft.time.FakeClock;
import dev.weft.time.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Contexts and the rest of Java: interrupts, futures, scoped values.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class ContextBridgesTest extends ThreadsContract {

  private final CancelContext context = Context.withCancel(Context.background());

  @Test
  @DisplayName("Blocking code is interrupted when the context is done, and the flag is clear then")
  void interrupting() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Task<Boolean> task =
        threads.start(
            () -> {
              assertThrows(
                  InterruptedException.class,
                  () ->
                      Context.interrupting(
                          context,
                          () -> {
                            begun.countDown();
                            never.await();
                            return "not reached";
                          }));
              assertFalse(Thread.interrupted());
              assertEquals(0, context.childCount());
            });
    begun.await();
    context.close();
    task.get();
  }

  @Test
  @DisplayName("A body that notices nothing returns, and the interrupt does not outlive it")
  void tooLate() throws Exception {
    threads
        .start(
            () -> {
              String value =
                  Context.interrupting(
                      context,
                      () -> {
                        context.close();
                        return "value";
                      });
              assertEquals("value", value);
              assertFalse(Thread.currentThread().isInterrupted());
              assertThrows(
                  CanceledException.class, () -> Context.interrupting(context, () -> "not run"));
            })
        .get();
  }

  @Test
  @DisplayName("Exceptions and interrupts of others pass through")
  void others() throws Exception {
    threads
        .start(
            () -> {
              assertThrows(
                  IOException.class,
                  () ->
                      Context.interrupting(
                          context,
                          () -> {
                            throw new IOException("for the test");
                          }));
              Thread.currentThread().interrupt();
              assertEquals(1, Context.<Integer>interrupting(context, () -> 1));
              assertTrue(Thread.interrupted());
              assertEquals(2, Context.<Integer>interrupting(Context.background(), () -> 2));
            })
        .get();
    assertEquals(0, context.childCount());
  }

  @Test
  @DisplayName(
      "However the end of the body and that of the context meet, no interrupt is left over")
  void meeting() throws Exception {
    for (int round = 0; round < Scale.times(300); round++) {
      CancelContext once = Context.withCancel(Context.background());
      Task<Boolean> task =
          threads.start(
              () -> {
                try {
                  Context.interrupting(once, () -> 1);
                } catch (CanceledException early) {
                  // before it began
                }
                assertFalse(Thread.interrupted());
              });
      once.close();
      task.get();
    }
  }

  @Test
  @DisplayName("Futures are cancelled when the context is done, and forgotten when they are")
  void futures() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    CompletableFuture<String> completed = new CompletableFuture<>();
    Context.cancelOnDone(context, future);
    Context.cancelOnDone(context, completed);
    assertEquals(2, context.childCount());
    completed.complete("value");
    assertEquals(1, context.childCount());
    context.close();
    Await.until(future::isCancelled, "the future is cancelled");
    assertFalse(completed.isCancelled());
    CompletableFuture<String> other = new CompletableFuture<>();
    CancelContext ending = Context.withCancel(Context.background());
    CompletableFuture<String> after = other.whenComplete((value, failure) -> ending.close());
    other.complete("value");
    assertEquals("value", after.get());
    assertTrue(ending.isDone());
  }

  @Test
  @DisplayName(
      "A bound context is the current one, also of the goroutines that are started meanwhile")
  void current() throws Exception {
    threads
        .start(
            () -> {
              assertSame(Context.background(), Context.current());
              AtomicReference<Context> seen = new AtomicReference<>();
              AtomicReference<Context> nested = new AtomicReference<>();
              context.run(
                  () -> {
                    assertSame(context, Context.current());
                    Goroutine child =
                        go(
                            () -> {
                              seen.set(Context.current());
                              go(() -> nested.set(Context.current())).join();
                            });
                    child.join();
                    Context inner = Context.withoutCancel(context);
                    assertSame(inner, inner.call(Context::current));
                    assertSame(context, Context.current());
                  });
              assertSame(context, seen.get());
              assertSame(context, nested.get());
              assertSame(Context.background(), Context.current());
              go(() -> seen.set(Context.current())).join();
              assertSame(Context.background(), seen.get());
            })
        .get();
  }

  @Test
  @DisplayName("A function has the context of who asked for it, not of who ends the context")
  void functionsCarry() throws Exception {
    CancelContext bound = Context.withCancel(Context.background());
    FakeClock clock = new FakeClock();
    Channel<Context> seen = Channel.make(4);
    Body tell = () -> seen.send(Context.current());
    threads
        .start(
            () -> {
              bound.run(
                  () -> {
                    Context.afterFunc(context, tell);
                    Timer.afterFunc(clock, Duration.ofSeconds(1), tell);
                  });
              context.close();
              assertSame(bound, seen.receive());
              clock.advance(Duration.ofSeconds(1));
              assertSame(bound, seen.receive());
              CancelContext other = Context.withCancel(Context.background());
              Context.afterFunc(other, tell);
              Timer.afterFunc(clock, Duration.ofSeconds(1), tell);
              bound.run(
                  () -> {
                    other.close();
                    clock.advance(Duration.ofSeconds(1));
                  });
              assertSame(Context.background(), seen.receive());
              assertSame(Context.background(), seen.receive());
            })
        .get();
  }

  @Test
  @DisplayName("A function runs on the scheduler of who asked for it, whoever ends the context")
  void functionsScheduler() throws Exception {
    Channel<Goroutine> seen = Channel.make(2);
    Body tell = () -> seen.send(Objects.requireNonNull(Goroutine.current()));
    threads.start(() -> Context.afterFunc(context, tell)).get();
    context.close(); // by the thread of the test
    Scheduler expected =
        threads.scheduler() == null ? Scheduler.defaultScheduler() : threads.scheduler();
    assertSame(expected, Objects.requireNonNull(seen.receive()).scheduler());
  }

  @Test
  @DisplayName("Bridges refuse nulls before anything has happened")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    assertThrows(NullPointerException.class, () -> Context.cancelOnDone(context, null));
    assertThrows(NullPointerException.class, () -> Context.interrupting(context, null));
    assertThrows(NullPointerException.class, () -> Context.interrupting(null, () -> 1));
    assertThrows(NullPointerException.class, () -> Context.afterFunc(null, () -> {}));
    assertEquals(0, context.childCount());
  }

  @Test
  @DisplayName("What the body throws comes out of a binding as it is")
  void bindingThrows() {
    assertThrows(
        IOException.class,
        () ->
            context.run(
                () -> {
                  throw new IOException("for the test");
                }));
    assertSame(Context.background(), Context.current());
  }
}
