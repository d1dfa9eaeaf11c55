package dev.weft.benchmarks.time;

import dev.weft.benchmarks.Sequential;
import dev.weft.time.Timer;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/// To make a timer that has a channel, and to stop it: what a request with a timeout does when the
/// answer comes.
///
/// The JDK has no such thing; people schedule something and cancel it.
public class TimerStop extends Sequential {
  static final int OPERATIONS = 100_000;

  private static final Duration HOUR = Duration.ofHours(1);

  @Param("weft")
  String backend;

  private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);

  @TearDown
  public void close() {
    executor.shutdownNow();
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int makeAndStop() {
    return checked(
        switch (backend) {
          case "weft" -> timers();
          case "plain" -> executor();
          default -> throw unknown(backend);
        },
        OPERATIONS);
  }

  private static int timers() {
    int stopped = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      stopped += Timer.make(HOUR).stop() ? 1 : 0;
    }
    return stopped;
  }

  private int executor() {
    executor.setRemoveOnCancelPolicy(true);
    int stopped = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      stopped += executor.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false) ? 1 : 0;
    }
    return stopped;
  }
}
