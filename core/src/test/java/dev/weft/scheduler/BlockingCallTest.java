package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Goroutines in system calls that block the thread: reads from pipes that nobody has written to.
@Tag("gpm")
class BlockingCallTest {
  private final Scheduler scheduler = Scheduler.builder().procs(1).build();
  private final List<Process> echoes = new ArrayList<>();

  @AfterEach
  void close() {
    echoes.forEach(Process::destroyForcibly); // whoever still reads gets the end of the stream
    scheduler.close();
  }

  @Test
  @DisplayName("SCH-26: a blocking read on the only processor does not stop the others")
  void oneRead() throws Exception {
    readsLetOthersRun(1);
  }

  @Test
  @DisplayName("SCH-26: nor do ten at once, each on the machine that replaced the one before")
  void tenReads() throws Exception {
    readsLetOthersRun(10);
  }

  private void readsLetOthersRun(int readers) throws IOException, InterruptedException {
    CountDownLatch reading = new CountDownLatch(readers);
    AtomicInteger sum = new AtomicInteger();
    List<Goroutine> blocked = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      Process echo = new ProcessBuilder("cat").start();
      echoes.add(echo);
      blocked.add(
          scheduler.go(
              () -> {
                reading.countDown();
                sum.getAndAdd(echo.getInputStream().read());
              }));
    }
    Await.zero(reading, "all read at once");
    List<Goroutine> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(scheduler.go(() -> join(scheduler.go(Scheduler::yieldCurrent))));
    }
    joinAll(others);
    assertEquals(0, sum.get());
    for (Process echo : echoes) {
      echo.getOutputStream().write(7);
      echo.getOutputStream().flush();
    }
    joinAll(blocked);
    assertEquals(7 * readers, sum.get());
    checkAtRest(scheduler);
  }
}
