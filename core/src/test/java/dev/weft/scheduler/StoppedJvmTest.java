package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.ChildJvm;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the monitor makes of a stop of the whole JVM, during which no machine can have made
/// progress.
///
/// The goroutines compute for some ticks of the monitor and then yield, so that at nearly every
/// moment it has seen one twice. With a monitor that counts the time of the stop, nearly every stop
/// ends with hand-offs. On a crowded computer a goroutine can also lose its processor for so long
/// that it is rightly found stuck; but a stop is a matter of a few milliseconds here, the time
/// between two looks at the counters, and few of these see that.
@Tag("fork")
@Tag("gpm")
class StoppedJvmTest {

  private static final int STOPS = 20;

  @Test
  @DisplayName("SCH-22: goroutines are not stuck because the JVM was stopped")
  void stopped() throws Exception {
    try (ChildJvm child = ChildJvm.start(StoppedJvmTest.class, List.of())) {
      child.awaitLine("busy");
      for (int i = 0; i < STOPS; i++) {
        signal("STOP", child);
        Thread.sleep(2 * Busy.STOP_MILLIS);
        signal("CONT", child);
        Thread.sleep(2 * Busy.STOP_MILLIS);
      }
      child.send("end");
      child.awaitSuccess(60);
    }
  }

  private static void signal(String name, ChildJvm child) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).inheritIO().start();
    assertEquals(0, kill.waitFor(), "kill");
  }

  /// Keeps a scheduler busy, and watches it through stops, until a line comes in.
  public static void main(String[] args) throws Exception {
    new Busy().run();
  }

  private static final class Busy {

    /// A pause of this length was a stop.
    static final long STOP_MILLIS = 100;

    private static final int PROCS = 2;
    private static final long BURST_NANOS = 4_000_000;
    private static final long LOOK_NANOS = 500_000;

    /// After a stop every machine is looked at several times within this time, and none of them can
    /// have been found stuck rightly, since that takes 10 ms.
    private static final long AFTER_NANOS = 5_000_000;

    private final Scheduler scheduler =
        Scheduler.builder().name("busy").procs(PROCS).maxThreads(4 * PROCS).build();
    private volatile boolean ended;
    private int stops;
    private int stopsWithHandOffs;

    void run() throws IOException, InterruptedException {
      for (int i = 0; i < 4 * PROCS; i++) {
        scheduler.go(this::compute);
      }
      Thread watcher = Thread.ofPlatform().start(this::watch);
      System.out.println("busy");
      if (System.in.read() < 0) {
        throw new IOException("the parent is gone");
      }
      ended = true;
      watcher.join();
      scheduler.close();
      String seen = stopsWithHandOffs + " of " + stops + " stops with hand-offs";
      System.out.println(seen);
      if (stops < STOPS / 2 || 2 * stopsWithHandOffs > stops) {
        throw new AssertionError(seen);
      }
    }

    private void compute() {
      while (!ended) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < BURST_NANOS) {
          Thread.onSpinWait();
        }
        Scheduler.yieldCurrent();
      }
    }

    private void watch() {
      long time = System.nanoTime();
      long handOffs = scheduler.stats().handOffs();
      while (!ended) {
        LockSupport.parkNanos(LOOK_NANOS);
        long now = System.nanoTime();
        if (now - time > STOP_MILLIS * 1_000_000) {
          LockSupport.parkNanos(AFTER_NANOS);
          stops++;
          stopsWithHandOffs += scheduler.stats().handOffs() > handOffs ? 1 : 0;
        }
        time = System.nanoTime();
        handOffs = scheduler.stats().handOffs();
      }
    }
  }
}
