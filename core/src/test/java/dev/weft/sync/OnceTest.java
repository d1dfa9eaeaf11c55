package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.Go;
import dev.weft.base.FatalError;
import dev.weft.base.Goexit;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of Once, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class OnceTest extends ThreadsContract {
  private final Once once = new Once();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  @DisplayName("ONCE-1: the first code runs, no other")
  void first() throws Exception {
    threads
        .start(
            () -> {
              assertFalse(once.isDone());
              once.run(runs::incrementAndGet);
              assertTrue(once.isDone());
              once.run(
                  () -> {
                    throw new IOException("other code");
                  });
            })
        .get();
    assertEquals(1, runs.get());
  }

  @Test
  @DisplayName("ONCE-2: those who come while it runs wait for its end, interrupted or not")
  void othersWait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    threads.start(
        () ->
            once.run(
                () -> {
                  begun.countDown();
                  Await.zero(mayEnd, "the test");
                  runs.incrementAndGet();
                }));
    Await.zero(begun, "the first one");
    List<Task<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(
          threads.call(
              () -> {
                once.run(() -> runs.set(100));
                return runs.get();
              }));
    }
    for (Task<Integer> other : others) {
      Await.state(other.thread(), Thread.State.WAITING);
    }
    others.get(0).interrupt();
    assertTrue(once.toString().endsWith("[running]"), once::toString);
    mayEnd.countDown();
    for (Task<Integer> other : others) {
      assertEquals(1, other.get());
    }
    assertTrue(others.get(0).endedWithFlag());
    assertTrue(once.toString().endsWith("[done]"), once::toString);
  }

  @Test
  @DisplayName("ONCE-3: if it throws it is done; the first caller gets it, the others return")
  void throwsOnce() throws Exception {
    Task<Boolean> first =
        threads.start(
            () ->
                once.run(
                    () -> {
                      throw new IOException("on purpose");
                    }));
    first.fails(IOException.class);
    threads.start(() -> once.run(runs::incrementAndGet)).get();
    assertEquals(0, runs.get());
    assertTrue(once.isDone());
  }

  @Test
  @DisplayName("ONCE-3: a goexit counts as done, too")
  void goexit() throws Exception {
    if (kind.isGoroutine()) {
      threads.start(() -> once.run(Go::goexit)).fails(Goexit.class);
    } else {
      threads.start(() -> once.run(Go::goexit)).fails(IllegalStateException.class);
    }
    threads.start(() -> once.run(runs::incrementAndGet)).get();
    assertEquals(0, runs.get());
  }

  @Test
  @DisplayName("ONCE-4: called from within, it waits for itself")
  void fromWithin() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    Mutex holder = once.mutex;
    Task<Boolean> task =
        threads.start(
            () ->
                once.run(
                    () -> {
                      inside.countDown();
                      once.run(runs::incrementAndGet);
                    }));
    Await.zero(inside, "the code runs");
    Await.until(() -> MutexState.waiters(holder.state()) == 1, "it waits for itself");
    holder.unlock(); // no owner: so the test can end it
    task.fails(FatalError.class); // it unlocks what the inner call has unlocked
    assertEquals(1, runs.get());
  }

  @Test
  @DisplayName("ONCE-6: what it has written is visible to all, without any lock of theirs")
  void published() throws Exception {
    for (int round = 0; round < Scale.times(100); round++) {
      Once own = new Once();
      int[] plain = new int[1];
      CyclicBarrier start = new CyclicBarrier(3);
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        tasks.add(
            threads.call(
                () -> {
                  start.await();
                  own.run(() -> plain[0]++);
                  return plain[0];
                }));
      }
      for (Task<Integer> task : tasks) {
        assertEquals(1, task.get());
      }
    }
  }

  @Test
  @DisplayName("Null is refused, and does not count")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    assertThrows(NullPointerException.class, () -> once.run(null));
    assertFalse(once.isDone());
  }
}
