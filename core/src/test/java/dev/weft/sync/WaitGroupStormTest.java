package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Wait groups under everything at once: whatever becomes of the waits, each round ends with a word
/// of zero and nobody in the queue, and nobody returns too early.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class WaitGroupStormTest extends ThreadsContract {
  private static final int WORKERS = 3;
  private static final int WAITERS = 3;

  private final WaitGroup group = new WaitGroup();

  @Test
  @DisplayName("Rounds of work, with waits that time out, are interrupted or go through")
  void rounds() throws Exception {
    AtomicLong early = new AtomicLong();
    for (int round = 0; round < Scale.times(150); round++) {
      AtomicInteger worked = new AtomicInteger();
      List<Task<Boolean>> waiters = new ArrayList<>();
      group.add(WORKERS);
      for (int i = 0; i < WAITERS; i++) {
        waiters.add(threads.call(() -> waitSomehow(worked, early)));
      }
      for (int i = 0; i < WORKERS; i++) {
        threads.start(
            () -> {
              Thread.yield();
              worked.incrementAndGet();
              group.done();
            });
      }
      waiters.get(round % WAITERS).interrupt();
      for (Task<Boolean> waiter : waiters) {
        waiter.get();
      }
      threads.start(group::await).get();
      assertEquals(0, group.word(), group::toString);
      group.checkInvariants();
    }
    assertEquals(0, early.get(), "returned before the work was done");
  }

  /// Waits, perhaps not for long, perhaps interrupted. True if it came to zero.
  private boolean waitSomehow(AtomicInteger worked, AtomicLong early) {
    boolean zero;
    try {
      int kind = ThreadLocalRandom.current().nextInt(3);
      if (kind == 0) {
        zero = group.await(Duration.ofNanos(ThreadLocalRandom.current().nextInt(50_000)));
      } else {
        group.await();
        zero = true;
      }
    } catch (InterruptedException e) {
      zero = false;
    }
    if (zero && worked.get() != WORKERS) {
      early.incrementAndGet();
    }
    return zero;
  }

  @Test
  @DisplayName("Many count up and down at the same time: all waits end, the sum is zero")
  void upAndDown() throws Exception {
    int each = Scale.times(3_000);
    group.add(1); // until all have begun
    for (int i = 0; i < 4; i++) {
      group.add(1);
      threads.start(
          () -> {
            for (int k = 0; k < each; k++) {
              group.add(2);
              group.done();
              group.add(-1);
            }
            group.done();
          });
    }
    Task<Boolean> waiter = threads.start(group::await);
    group.done();
    waiter.get();
    assertEquals(0, group.word());
  }
}
