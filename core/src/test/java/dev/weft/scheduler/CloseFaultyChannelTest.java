package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weft.testkit.Await;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

/// Closing a scheduler interrupts its goroutines, and interrupting one runs code of the user's.
class CloseFaultyChannelTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /// Cannot be closed without an exception.
  private static final class Faulty extends AbstractInterruptibleChannel {

    void block(CountDownLatch blocked) {
      begin();
      try {
        blocked.countDown();
        while (!Thread.currentThread().isInterrupted()) {
          LockSupport.park(this);
        }
      } finally {
        try {
          end(false);
        } catch (AsynchronousCloseException expected) {
          // what an interrupted channel throws
        }
      }
    }

    @Override
    protected void implCloseChannel() {
      throw new IllegalStateException("faulty");
    }
  }

  @RepeatedTest(20)
  @DisplayName("A channel that throws when it is closed does not keep close from its work")
  void faulty() throws InterruptedException {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    Scheduler scheduler =
        TestSchedulers.builder()
            .procs(2)
            .uncaughtExceptionHandler(
                (thread, thrown) -> told.add(thread.getName() + " " + thrown.getMessage()))
            .build();
    CountDownLatch blocked = new CountDownLatch(3);
    Goroutine first = scheduler.go("first", () -> new Faulty().block(blocked));
    Goroutine second = scheduler.go("second", () -> new Faulty().block(blocked));
    Goroutine third =
        scheduler.go(
            "third",
            () -> {
              blocked.countDown();
              while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park();
              }
            });
    Await.zero(blocked, "all three are about to block");
    for (Goroutine goroutine : List.of(first, second, third)) {
      Await.until(() -> goroutine.state() == Goroutine.State.WAITING, () -> goroutine + " waits");
    }
    Thread closer = Thread.currentThread();
    closer.interrupt(); // instead of waiting for the grace
    List<Goroutine> survivors = scheduler.close(LONG);
    assertEquals(List.of(), survivors);
    assertEquals(List.of("first faulty", "second faulty"), told.stream().sorted().toList());
    assertNull(third.failure());
    assertEquals(true, Thread.interrupted());
  }
}
