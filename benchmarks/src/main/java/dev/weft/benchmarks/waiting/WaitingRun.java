package dev.weft.benchmarks.waiting;

import dev.weft.benchmarks.plot.Children;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.HdrHistogram.Histogram;

/// One JVM's share: one variant in one scenario, on goroutines of two processors. Prints the
/// histogram of the waiting times.
final class WaitingRun {
  /// The name of what it prints.
  static final String WAITS = "waits";

  private final Scenario scenario;
  private final Lock lock;
  private final List<Histogram> histograms = new ArrayList<>();
  private long inside; // under the lock

  private WaitingRun(Variant variant, Scenario scenario) {
    this.scenario = scenario;
    this.lock = variant.lock();
  }

  public static void main(String[] args) throws InterruptedException {
    long warmUp = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[2]));
    long measured = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[3]));
    WaitingRun run = new WaitingRun(Variant.valueOf(args[0]), Scenario.valueOf(args[1]));
    Histogram waits = run.run(warmUp, measured);
    Children.print(WAITS, waits);
  }

  private Histogram run(long warmUp, long measured) throws InterruptedException {
    Scheduler scheduler = Scheduler.builder().name("waiting").backend(Backend.GPM).procs(2).build();
    long from = System.nanoTime() + warmUp;
    List<Goroutine> all = new ArrayList<>();
    for (int i = 0; i < Scenario.GOROUTINES; i++) {
      int own = i;
      Histogram waits = Children.histogram();
      histograms.add(waits);
      all.add(scheduler.go(() -> contend(own, from, from + measured, waits)));
    }
    for (Goroutine goroutine : all) {
      goroutine.join();
      if (goroutine.failure() != null) {
        throw new IllegalStateException("a goroutine failed", goroutine.failure());
      }
    }
    scheduler.close();
    Histogram sum = Children.histogram();
    for (int i = 0; i < histograms.size(); i++) {
      if (!scenario.isRude(i)) {
        sum.add(histograms.get(i));
      }
    }
    return sum;
  }

  private void contend(int own, long from, long until, Histogram waits)
      throws InterruptedException {
    long start = System.nanoTime();
    while (start < until) {
      lock.lock();
      try {
        long locked = System.nanoTime();
        if (++inside != 1) {
          throw new IllegalStateException("two at a time");
        }
        // A wait that has begun in the warm-up counts: the longest ones would be missing.
        if (locked >= from) {
          waits.recordValue(locked - start);
        }
        scenario.hold(own);
        inside--;
      } finally {
        lock.unlock();
      }
      scenario.leave(own);
      start = System.nanoTime();
    }
  }
}
