package dev.weft.internal.park;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gpm")
@DisplayName("The runtime of goroutines of the gpm backend")
class GpmRuntimeTest extends RuntimeContract {
  @Override
  Backend backend() {
    return Backend.GPM;
  }

  @Test
  @DisplayName("A wait that a peer or an interrupt ended takes its alarm back")
  void alarmIsCancelled() throws Exception {
    Object blocker = new Object();
    Goroutine goroutine =
        scheduler()
            .go(
                () -> {
                  Waiter own = Runtime.get().waiter();
                  for (int i = 0; i < 3; i++) {
                    long inAnHour = Runtime.get().nanoTime() + TimeUnit.HOURS.toNanos(1);
                    own.awaitUntil(own.arm(), WaitReason.SLEEP, blocker, inAnHour);
                  }
                });
    for (int i = 0; i < 3; i++) {
      while (!Owner.isParked(goroutine.thread(), blocker)) {
        Thread.yield();
      }
      assertEquals(1, scheduler().stats().timers(), "in round " + i);
      goroutine.interrupt();
      while (goroutine.thread().isInterrupted()) {
        Thread.yield();
      }
    }
    goroutine.join();
    assertEquals(0, scheduler().stats().timers());
  }

  /// Whether, on a goroutine, sooner or later; the other machines may be on their way to sleep.
  private void awaitOnGoroutine(Callable<Boolean> condition, String what) throws Exception {
    for (int i = 0; i < 10_000; i++) {
      if (onGoroutine(condition)) {
        return;
      }
    }
    throw new AssertionError(what);
  }

  @Test
  @DisplayName("MU-12: with one processor, or alone at work, waiting actively does not pay")
  void noUseInSpinning() throws Exception {
    awaitOnGoroutine(() -> !Runtime.get().maySpin(), "nobody else is at work");
    scheduler().procs(1);
    awaitOnGoroutine(() -> !Runtime.get().maySpin(), "there is no other processor");
  }

  @Test
  @DisplayName(
      "MU-12: it may pay while another processor is at work, if nothing waits on the own one")
  void maySpin() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch atWork = new CountDownLatch(1);
    scheduler().procs(2);
    Goroutine busy =
        scheduler()
            .go(
                () -> {
                  atWork.countDown();
                  while (!over.get()) {
                    Thread.onSpinWait();
                  }
                });
    atWork.await();
    boolean multiprocessor = java.lang.Runtime.getRuntime().availableProcessors() > 1;
    try {
      awaitOnGoroutine(() -> Runtime.get().maySpin() == multiprocessor, "alone in its queue");
      awaitOnGoroutine(
          () -> {
            Runtime.get().spawn("in the slot", () -> {});
            return !Runtime.get().maySpin();
          },
          "somebody waits behind the caller");
    } finally {
      over.set(true);
      busy.join();
    }
  }

  @Test
  @DisplayName("The processor hint of a goroutine is that of its processor")
  void processorHint() throws Exception {
    scheduler().procs(1);
    int first = onGoroutine(Runtime.get()::processorHint);
    assertTrue(first >= 0);
    assertEquals(first, onGoroutine(Runtime.get()::processorHint));
  }

  @Test
  @DisplayName("relax lets a goroutine run that is on the same processor")
  void relaxGivesWay() throws Exception {
    scheduler().procs(1);
    boolean[] done = new boolean[1];
    onGoroutine(
        () -> {
          Runtime.get().spawn("the other one", () -> done[0] = true);
          for (int i = 0; !done[0]; i++) {
            Runtime.get().relax(i);
          }
          return true;
        });
  }
}
