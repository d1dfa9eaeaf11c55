package dev.weft.benchmarks.time;

import dev.weft.base.Body;
import dev.weft.benchmarks.Sequential;
import dev.weft.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// To have a function called in an hour, and to take that back, while many others are pending.
public class AfterFuncStop extends Sequential {
  static final int OPERATIONS = 100_000;

  private static final Body NOTHING = () -> {};

  @Param("weft")
  String backend;

  @Param({"1000", "1000000"})
  int pending;

  private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
  private final List<Timer> others = new ArrayList<>();

  @Setup
  public void open() {
    executor.setRemoveOnCancelPolicy(true);
    for (int i = 0; i < pending; i++) {
      long minutes = ThreadLocalRandom.current().nextLong(30, 90);
      switch (backend) {
        case "weft" -> others.add(Timer.afterFunc(Duration.ofMinutes(minutes), NOTHING));
        case "plain" -> executor.schedule(() -> {}, minutes, TimeUnit.MINUTES);
        default -> throw unknown(backend);
      }
    }
  }

  @TearDown
  public void close() {
    others.forEach(Timer::stop);
    executor.shutdownNow();
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int startAndStop() {
    return checked(backend.equals("weft") ? timers() : executor(), OPERATIONS);
  }

  private static int timers() {
    Duration hour = Duration.ofHours(1);
    int stopped = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      stopped += Timer.afterFunc(hour, NOTHING).stop() ? 1 : 0;
    }
    return stopped;
  }

  private int executor() {
    int stopped = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      stopped += executor.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false) ? 1 : 0;
    }
    return stopped;
  }
}
