package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SocketsTest {

  private static final int CONNECTIONS = 2_000;

  @Test
  @DisplayName("2,000 connections between goroutines, all open at once, carry what was sent")
  void connections() throws Exception {
    AtomicInteger alive = new AtomicInteger();
    try (Scheduler scheduler = Scheduler.builder().name("sockets").build()) {
      new LoopbackEcho(task -> scheduler.go(task::run), CONNECTIONS)
          .run(() -> alive.set(scheduler.numGoroutine()));
    }
    assertTrue(alive.get() >= 2 * CONNECTIONS, () -> alive + " goroutines");
  }

  @Test
  @DisplayName("Connections between goroutines of two schedulers carry what was sent")
  void twoSchedulers() throws Exception {
    AtomicInteger next = new AtomicInteger();
    Scheduler one = Scheduler.builder().name("one").procs(1).build();
    Scheduler two = Scheduler.builder().name("two").procs(2).build();
    try (one;
        two) {
      new LoopbackEcho(task -> ((next.getAndIncrement() & 1) == 0 ? one : two).go(task::run), 200)
          .run(() -> {});
    }
    assertEquals(0, one.numGoroutine() + two.numGoroutine());
  }
}
