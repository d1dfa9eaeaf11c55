package dev.weft.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.context.CancelContext;
import dev.weft.context.CanceledException;
import dev.weft.context.Context;
import dev.weft.context.ContextException;
import dev.weft.context.DeadlineExceededException;
import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of the semaphore, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class WeightedSemaphoreTest extends ThreadsContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final WeightedSemaphore semaphore = new WeightedSemaphore(5);

  private void awaitState(int taken, int waiting) throws InterruptedException {
    String state = "[" + taken + " of 5 taken, " + waiting + " waiting]";
    Await.until(() -> semaphore.toString().endsWith(state), semaphore::toString);
  }

  private Task<Boolean> acquirer(long tokens, int taken, int waiting) throws InterruptedException {
    Task<Boolean> task = threads.start(() -> semaphore.acquire(tokens));
    awaitState(taken, waiting);
    return task;
  }

  @Override
  protected void assertSettled() {
    assertTrue(semaphore.toString().endsWith("[0 of 5 taken, 0 waiting]"), semaphore::toString);
  }

  @Test
  @DisplayName("SEM-1, SEM-9: tokens that are there are taken at once, none even if there are none")
  void atOnce() throws Exception {
    semaphore.acquire(3);
    semaphore.acquire(2);
    semaphore.acquire(0);
    assertTrue(semaphore.tryAcquire(0));
    assertFalse(semaphore.tryAcquire(1));
    semaphore.release(5);
  }

  @Test
  @DisplayName("SEM-1, SEM-4, SEM-7: nobody passes those who wait, not even with enough for them")
  void noPassing() throws Exception {
    semaphore.acquire(3);
    Task<Boolean> much = acquirer(5, 3, 1);
    assertFalse(semaphore.tryAcquire(1));
    assertFalse(semaphore.tryAcquire(0));
    assertFalse(semaphore.tryAcquire(1, SHORT));
    Task<Boolean> little = acquirer(1, 3, 2);
    semaphore.release(3);
    much.get();
    awaitState(5, 1);
    assertFalse(little.isDone());
    semaphore.release(5);
    little.get();
    semaphore.release(1);
  }

  @Test
  @DisplayName("SEM-10: one release serves all that it is enough for, in their order")
  void several() throws Exception {
    semaphore.acquire(5);
    List<Task<Boolean>> served = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      served.add(acquirer(1, 5, i + 1));
    }
    Task<Boolean> much = acquirer(3, 5, 4);
    semaphore.release(5);
    for (Task<Boolean> task : served) {
      task.get();
    }
    awaitState(3, 1);
    semaphore.release(3);
    much.get();
    semaphore.release(3);
  }

  @Test
  @DisplayName("SEM-3: a request for more than there are waits, in nobody's way")
  void tooMany() throws Exception {
    Task<Boolean> never = threads.start(() -> semaphore.acquire(6));
    Task<Boolean> late = threads.call(() -> semaphore.tryAcquire(6, SHORT));
    assertFalse(late.get());
    semaphore.acquire(5);
    semaphore.release(5);
    never.interrupt();
    never.fails(InterruptedException.class);
  }

  @Test
  @DisplayName("SEM-2: with the flag set on entry nothing is taken")
  void interruptedBefore() throws Exception {
    threads
        .start(
            () -> {
              Thread.currentThread().interrupt();
              assertThrows(InterruptedException.class, () -> semaphore.acquire(1));
              Thread.currentThread().interrupt();
              assertThrows(InterruptedException.class, () -> semaphore.tryAcquire(1, LONG));
              Thread.currentThread().interrupt();
              assertTrue(semaphore.tryAcquire(1));
              assertTrue(Thread.interrupted());
              semaphore.release(1);
            })
        .get();
  }

  @Test
  @DisplayName("SEM-5: if the first one gives up, those behind it are looked at again")
  void firstGivesUp() throws Exception {
    semaphore.acquire(3);
    Task<Boolean> much = acquirer(5, 3, 1);
    Task<Boolean> little = acquirer(2, 3, 2);
    much.interrupt();
    much.fails(InterruptedException.class);
    little.get();
    Task<Boolean> first = acquirer(5, 5, 1);
    Task<Boolean> second = threads.call(() -> semaphore.tryAcquire(5, SHORT));
    assertFalse(second.get());
    awaitState(5, 1);
    semaphore.release(5);
    first.get();
    semaphore.release(5);
  }

  @Test
  @DisplayName("SEM-8: more than was taken cannot be given back; nothing changes")
  void tooManyBack() throws Exception {
    semaphore.acquire(2);
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> semaphore.release(3));
    String text = "" + refused.getMessage();
    assertTrue(text.startsWith("semaphore: released more than held: 3 to "), text);
    awaitState(2, 0);
    semaphore.release(2);
    assertThrows(IllegalArgumentException.class, () -> semaphore.acquire(-1));
    assertThrows(IllegalArgumentException.class, () -> semaphore.tryAcquire(-1));
    assertThrows(IllegalArgumentException.class, () -> semaphore.release(-1));
    assertThrows(IllegalArgumentException.class, () -> new WeightedSemaphore(-1));
  }

  @Test
  @DisplayName("SEM-2: with a context that is done nothing is taken, though there are tokens")
  void contextDone() throws Exception {
    CancelContext context = Context.withCancel(Context.background());
    semaphore.acquire(context, 2);
    context.close();
    assertThrows(CanceledException.class, () -> semaphore.acquire(context, 1));
    assertThrows(CanceledException.class, () -> semaphore.acquire(context, 0));
    awaitState(2, 0);
    semaphore.release(2);
  }

  @Test
  @DisplayName(
      "SEM-3, SEM-5: the end of its context takes a waiter out, and who is behind it comes")
  void contextEnds() throws Exception {
    try (CancelContext context = Context.withCancel(Context.background())) {
      semaphore.acquire(3);
      Task<Boolean> tooMuch = threads.start(() -> semaphore.acquire(context, 6));
      Await.state(tooMuch.thread(), Thread.State.WAITING);
      Task<Boolean> first = threads.start(() -> semaphore.acquire(context, 3));
      awaitState(3, 1);
      Task<Boolean> second = acquirer(2, 3, 2);
      context.cancel(null);
      tooMuch.fails(CanceledException.class);
      first.fails(CanceledException.class);
      second.get();
    }
    semaphore.release(5);
  }

  @Test
  @DisplayName("SEM-5: a deadline is an end, too")
  void deadline() throws Exception {
    semaphore.acquire(5);
    try (CancelContext context = Context.withTimeout(Context.background(), SHORT)) {
      Task<Boolean> late = threads.start(() -> semaphore.acquire(context, 1));
      late.fails(DeadlineExceededException.class);
    }
    semaphore.release(5);
  }

  @Test
  @DisplayName("Near the end of the stack a release serves those who wait, or does nothing")
  void nearTheEndOfTheStack() throws Exception {
    semaphore.acquire(5);
    List<Task<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < Descent.ENOUGH; i++) {
      waiting.add(threads.start(() -> semaphore.acquire(5)));
    }
    awaitState(5, Descent.ENOUGH);
    Task<Descent> deep =
        threads.call(
            () ->
                Descent.of(
                    n -> {
                      semaphore.release(5); // throws, or hands over to the next one
                      return true;
                    }));
    assertEquals(Descent.ENOUGH, deep.get().done());
    for (Task<Boolean> task : waiting) {
      task.get();
    }
    semaphore.release(5);
  }

  @Test
  @DisplayName("Near the end of the stack who waits gets tokens or gives up, and none are lost")
  void waitsNearTheEndOfTheStack() throws Exception {
    List<Task<Descent>> deep = new ArrayList<>();
    for (int i = 0; i < Scale.times(4); i++) {
      AtomicBoolean owes = new AtomicBoolean();
      deep.add(threads.call(() -> Descent.of(n -> useDeepDown(owes))));
    }
    for (Task<Descent> task : deep) {
      assertEquals(Descent.ENOUGH, task.get().done());
    }
  }

  /// Three tokens of five, so that of those who come at the same time one waits. What could not be
  /// given back for want of stack is given back a level higher.
  private boolean useDeepDown(AtomicBoolean owes) {
    if (!owes.get()) {
      try (CancelContext context = Context.withCancel(Context.background())) {
        semaphore.acquire(context, 3);
        owes.set(true);
      } catch (InterruptedException unexpected) {
        throw new AssertionError(unexpected);
      }
      Thread.yield();
    }
    semaphore.release(3);
    owes.set(false);
    return true;
  }

  @Test
  @DisplayName("SEM-6: whatever is interrupted and times out, no token is lost or made up")
  void storm() throws Exception {
    AtomicLong inUse = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<Task<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(threads.start(() -> useAgainAndAgain(inUse, most)));
    }
    for (int i = 0; i < Scale.times(300); i++) {
      all.get(i % all.size()).interrupt();
      Thread.yield();
    }
    for (Task<Boolean> task : all) {
      task.get();
    }
    assertEquals(0, inUse.get());
    assertTrue(most.get() <= 5, () -> most + " were in use");
  }

  private void useAgainAndAgain(AtomicLong inUse, AtomicLong most) {
    for (int i = 0; i < Scale.times(1_000); i++) {
      long tokens = ThreadLocalRandom.current().nextLong(1, 6);
      try {
        if (i % 3 == 0) {
          semaphore.acquire(tokens);
        } else if (i % 3 == 1) {
          acquireForAMoment(tokens);
        } else if (!semaphore.tryAcquire(tokens, Duration.ofNanos(1 + i % 50 * 1_000L))) {
          continue;
        }
      } catch (InterruptedException | ContextException e) {
        continue;
      }
      most.accumulateAndGet(inUse.addAndGet(tokens), Math::max);
      Thread.yield();
      inUse.addAndGet(-tokens);
      semaphore.release(tokens);
    }
  }

  private void acquireForAMoment(long tokens) throws InterruptedException {
    try (CancelContext context = Context.withCancel(Context.background())) {
      Thread.ofVirtual().start(context::close);
      semaphore.acquire(context, tokens);
    }
  }
}
