package dev.weft.scheduler;

import dev.weft.testkit.Await;
import dev.weft.testkit.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("fork")
@Timeout(300)
class MillionGoroutinesTest {

  private static final int COUNT = Integer.getInteger("weft.test.goroutines", 1_000_000);

  @Test
  @DisplayName("A million goroutines wait at the same time, and all go on")
  void million() throws Exception {
    run(List.of("-Xmx6g", "-Dweft.test.limit=180"));
  }

  @Test
  @DisplayName("A million goroutines wait and go on when the JDK does not track virtual threads")
  void millionUntracked() throws Exception {
    run(List.of("-Xmx6g", "-Dweft.test.limit=180", "-Djdk.trackAllThreads=false"));
  }

  private static void run(List<String> flags) throws IOException, InterruptedException {
    try (ChildJvm child =
        ChildJvm.start(MillionGoroutinesTest.class, flags, Integer.toString(COUNT))) {
      child.awaitLine(COUNT + " goroutines wait");
      child.awaitSuccess(200);
    }
  }

  /// Starts as many goroutines as the argument says, has them all wait, and releases them.
  public static void main(String[] args) throws Exception {
    try (Scheduler scheduler = Scheduler.builder().name("million").build()) {
      new Crowd(scheduler, Integer.parseInt(args[0])).run();
    }
  }

  /// Goroutines that wait until one of them is released: it releases two others, and so on.
  private static final class Crowd {

    private final Scheduler scheduler;
    private final Goroutine[] goroutines;
    private final LongAdder ended = new LongAdder();
    private volatile boolean released;

    Crowd(Scheduler scheduler, int count) {
      this.scheduler = scheduler;
      this.goroutines = new Goroutine[count];
    }

    void run() throws InterruptedException {
      int count = goroutines.length;
      for (int i = 0; i < count; i++) {
        int number = i;
        goroutines[i] = scheduler.go(() -> member(number));
      }
      for (Goroutine goroutine : goroutines) {
        Await.until(() -> goroutine.state() == Goroutine.State.WAITING, goroutine::toString);
      }
      check(scheduler.numGoroutine(), count, "alive");
      check(scheduler.goroutines().size(), count, "listed");
      System.out.println(count + " goroutines wait");
      released = true; // publishes the array
      LockSupport.unpark(goroutines[0].thread());
      Await.until(() -> scheduler.numGoroutine() == 0, scheduler::toString);
      check(ended.sum(), count, "ended");
      if (scheduler.backendForTests() instanceof GpmBackend gpm) {
        Await.until(
            () -> scheduler.stats().idleThreads() == scheduler.stats().threads(),
            () -> scheduler.stats().toString());
        SchedulerTesting.checkInvariants(gpm.core());
      }
      check(scheduler.stats().internalFailures(), 0, "internal failures");
    }

    private void member(int number) {
      while (!released) {
        LockSupport.park(this);
      }
      release(2 * number + 1);
      release(2 * number + 2);
      ended.increment();
    }

    private void release(int number) {
      if (number < goroutines.length) {
        LockSupport.unpark(goroutines[number].thread());
      }
    }

    private static void check(long got, long expected, String what) {
      if (got != expected) {
        throw new AssertionError(what + ": " + got + " instead of " + expected);
      }
    }
  }
}
