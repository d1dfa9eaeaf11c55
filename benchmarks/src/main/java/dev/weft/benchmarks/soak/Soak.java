package dev.weft.benchmarks.soak;

import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Scheduler;
import java.time.Duration;
import java.util.Locale;

/// Runs rounds of work on one scheduler for a given time, and fails if an element is lost or made
/// up, a goroutine hangs, fails or stays, or threads or heap grow.
///
/// `java -jar benchmarks.jar soak [DURATION [BACKEND]]`; the duration in the form of
/// [Duration#parse], an hour (`PT1H`) if none is given.
public final class Soak {
  private static final Duration STATUS_EVERY = Duration.ofMinutes(1);

  private Soak() {}

  /// Ends the JVM with status 1 if something is wrong.
  public static void main(String[] args) throws InterruptedException {
    Duration time = args.length > 0 ? Duration.parse(args[0]) : Duration.ofHours(1);
    String backend = args.length > 1 ? args[1] : "gpm";
    Scheduler scheduler =
        Scheduler.builder()
            .backend(Backend.valueOf(backend.toUpperCase(Locale.ROOT)))
            .name("soak")
            .build();
    System.out.printf(
        "%s, backend %s, %d processors, for %s%n",
        Runtime.version(), backend, scheduler.procs(), time);
    try {
      run(scheduler, time);
    } catch (SoakFailure failure) {
      // Before the scheduler is closed, which may take long with goroutines that hang.
      System.err.println("FAILED: " + failure.getMessage());
      if (failure.getCause() != null) {
        failure.getCause().printStackTrace();
      }
      System.exit(1);
    }
    scheduler.close();
  }

  private static void run(Scheduler scheduler, Duration time) throws InterruptedException {
    Tally total = new Tally();
    LeakCheck leaks = new LeakCheck(scheduler);
    long start = System.nanoTime();
    long reported = start;
    int round = 0;
    for (long now = start; now - start < time.toNanos(); now = System.nanoTime()) {
      new Round(scheduler, round++, total).run();
      leaks.afterRound((int) Math.min(3, 4 * (System.nanoTime() - start) / time.toNanos()));
      if (now - reported >= STATUS_EVERY.toNanos()) {
        reported = now;
        System.out.printf("%d rounds, %s, %s%n", round, total, leaks);
      }
    }
    leaks.verdict();
    System.out.printf("passed: %d rounds, %s, %s%n", round, total, leaks);
  }
}
