package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Readers and writers that lock in each way, whose code throws, that are interrupted and time out.
/// At the end each section is counted, and the mutex is as it was in the beginning.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class RWMutexStormTest extends RWMutexContract {
  private static final int THREADS = 6;

  private final AtomicInteger readers = new AtomicInteger();
  private final AtomicInteger writers = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private int plain; // under the mutex

  /// On purpose.
  private static final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  @DisplayName("RW-1, RW-5, RW-6: nobody is let in wrongly, and nobody is left, whatever happens")
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
    for (int i = 0; tasks.stream().anyMatch(task -> !task.isDone()); i++) {
      tasks.get(i % THREADS).interrupt();
      Thread.sleep(Duration.ofNanos(20_000)); // a disturbance now and then
    }
    threads.join();
    assertEquals(0, wrong.get(), "readers beside a writer, or two writers");
    assertEquals(written.get(), plain, "writes counted by themselves");
    assertTrue(written.get() > 0);
  }

  private void once(SplittableRandom random) {
    int way = random.nextInt(4);
    Duration time = Duration.ofNanos(random.nextInt(30_000));
    try {
      if (random.nextInt(4) == 0) {
        if (lock(way, time)) {
          try {
            write(random.nextInt(16));
          } finally {
            mutex.unlock();
          }
        }
      } else if (rlock(way, time)) {
        try {
          read(random.nextInt(16));
        } finally {
          mutex.runlock();
        }
      }
    } catch (InterruptedException | Trouble disturbed) {
      // on purpose
    }
  }

  private boolean lock(int way, Duration time) throws InterruptedException {
    switch (way) {
      case 0 -> mutex.lock();
      case 1 -> mutex.lockInterruptibly();
      case 2 -> {
        return mutex.tryLock(time);
      }
      default -> {
        return mutex.tryLock();
      }
    }
    return true;
  }

  private boolean rlock(int way, Duration time) throws InterruptedException {
    switch (way) {
      case 0 -> mutex.rlock();
      case 1 -> mutex.rlockInterruptibly();
      case 2 -> {
        return mutex.tryRlock(time);
      }
      default -> {
        return mutex.tryRlock();
      }
    }
    return true;
  }

  private void write(int what) throws InterruptedException {
    if (writers.getAndIncrement() != 0 || readers.get() != 0) {
      wrong.incrementAndGet();
    }
    written.incrementAndGet();
    plain++;
    try {
      disturb(what);
    } finally {
      writers.getAndDecrement();
    }
  }

  private void read(int what) throws InterruptedException {
    readers.getAndIncrement();
    if (writers.get() != 0) {
      wrong.incrementAndGet();
    }
    try {
      disturb(what);
    } finally {
      readers.getAndDecrement();
    }
  }

  private static void disturb(int what) throws InterruptedException {
    switch (what) {
      case 0 -> throw new Trouble();
      case 1 -> Thread.sleep(Duration.ofNanos(50_000)); // holds it for long, may be interrupted
      case 2, 3 -> Thread.yield();
      default -> {}
    }
  }
}
