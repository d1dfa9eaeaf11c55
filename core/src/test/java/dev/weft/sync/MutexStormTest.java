package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything at once: threads that lock in each way, whose code throws, that are interrupted and
/// time out, holding the mutex or waiting for it. At the end each section that was entered is
/// counted, and the mutex is as it was in the beginning.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class MutexStormTest extends MutexContract {
  private static final int THREADS = 5;

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicLong entered = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private int plain; // under the mutex

  /// On purpose.
  private static final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  @DisplayName("MU-19: no permit is lost, none is doubled, nobody is left, whatever happens")
  void storm() throws Exception {
    int rounds = Scale.times(1_500);
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      tasks.add(
          threads.start(
              () -> {
                for (int round = 0; round < rounds; round++) {
                  once(random);
                }
              }));
    }
    interruptAll(tasks);
    threads.join();
    assertEquals(0, wrong.get(), "two at a time");
    assertEquals(entered.get(), plain, "sections counted by themselves");
    assertTrue(entered.get() > 0);
    assertEquals(0, mutex.state(), mutex::toString);
  }

  private void interruptAll(List<Task<Boolean>> tasks) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Task<Boolean> interrupter =
        threads.start(
            () -> {
              SplittableRandom random = new SplittableRandom(THREADS);
              while (!over.get()) {
                tasks.get(random.nextInt(THREADS)).interrupt();
                Thread.sleep(Duration.ofNanos(20_000)); // a disturbance now and then
              }
            });
    for (Task<Boolean> task : tasks) {
      task.get();
    }
    over.set(true);
    interrupter.get();
  }

  private void once(SplittableRandom random) {
    try {
      if (lock(random.nextInt(6), random.nextInt(30_000))) {
        try {
          section(random.nextInt(20));
        } finally {
          mutex.unlock();
        }
      }
    } catch (InterruptedException | Trouble disturbed) {
      // on purpose
    }
  }

  private boolean lock(int way, int nanos) throws InterruptedException {
    switch (way) {
      case 0, 1 -> mutex.lock();
      case 2 -> mutex.lockInterruptibly();
      case 3 -> {
        return mutex.tryLock(Duration.ofNanos(nanos));
      }
      case 4 -> {
        return mutex.tryLock(Duration.ofHours(1));
      }
      default -> {
        return mutex.tryLock();
      }
    }
    return true;
  }

  private void section(int what) throws InterruptedException {
    if (inside.getAndIncrement() != 0) {
      wrong.incrementAndGet();
    }
    entered.incrementAndGet();
    plain++;
    try {
      switch (what) {
        case 0 -> throw new Trouble();
        case 1 -> Thread.sleep(Duration.ofNanos(50_000)); // holds it for long, may be interrupted
        case 2, 3 -> Thread.yield();
        default -> {}
      }
    } finally {
      inside.getAndDecrement();
    }
  }

  @Test
  @DisplayName("MU-21: conditions in a storm: each token that is put is taken, once")
  void conditions() throws Exception {
    Condition changed = mutex.newCondition();
    int each = Scale.times(400);
    int[] tokens = new int[1];
    AtomicLong taken = new AtomicLong();
    List<Task<Boolean>> takers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      takers.add(
          threads.start(
              () -> {
                int own = 0;
                while (own < each) {
                  own += take(tokens, changed) ? 1 : 0;
                }
                taken.addAndGet(own);
              }));
    }
    for (int i = 0; i < 3; i++) {
      threads.start(
          () -> {
            for (int k = 0; k < each; k++) {
              mutex.lock();
              try {
                tokens[0]++;
                changed.signal();
              } finally {
                mutex.unlock();
              }
            }
          });
    }
    disturb(takers);
    threads.join();
    assertEquals(3L * each, taken.get());
    assertEquals(0, tokens[0]);
    assertTrue(changed.toString().contains("[0 waiting]"), changed::toString);
  }

  private static void disturb(List<Task<Boolean>> takers) throws InterruptedException {
    for (int i = 0; takers.stream().anyMatch(taker -> !taker.isDone()); i++) {
      takers.get(i % takers.size()).interrupt();
      Thread.sleep(1); // a disturbance now and then
    }
  }

  private boolean take(int[] tokens, Condition changed) {
    mutex.lock();
    try {
      while (tokens[0] == 0) {
        changed.await();
      }
      tokens[0]--;
      return true;
    } catch (InterruptedException e) {
      return false; // a signal that came at the same time went to somebody else
    } finally {
      mutex.unlock();
    }
  }
}
