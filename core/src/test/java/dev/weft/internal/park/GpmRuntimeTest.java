package dev.weft.internal.park;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import java.util.concurrent.TimeUnit;
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
