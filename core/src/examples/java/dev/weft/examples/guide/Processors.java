package dev.weft.examples.guide;

import static dev.weft.Go.go;
import static dev.weft.Go.gosched;

import dev.weft.base.Body;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.scheduler.SchedulerStats;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/// Chapter "G, P and M": in which order goroutines run, and who runs them. On the gpm backend.
public final class Processors {

  private static final int TIMES = 200;

  private Processors() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    try (Scheduler one = Scheduler.builder().backend(Backend.GPM).procs(1).build()) {
      System.out.println("order: " + usual(one, Processors::newestFirst));
      System.out.println("gosched: " + usual(one, Processors::yielding));
    }
    stealing();
  }

  /// Starts goroutines that note who runs.
  private interface Starter {
    void start(StringJoiner order) throws InterruptedException;
  }

  // snippet: order
  private static void newestFirst(StringJoiner order) {
    for (int i = 0; i < 5; i++) {
      String name = "G" + i;
      go(() -> order.add(name));
    }
    order.add("main"); // the one that starts them goes on
  }

  private static void yielding(StringJoiner order) {
    go(() -> order.add("G0"));
    go(() -> order.add("G1"));
    gosched(); // to the end of the global queue
    order.add("main");
  }

  // end

  /// The order of most runs. There may be others: when the JVM or the computer stops for more than
  /// 10 ms, a second machine takes part.
  private static String usual(Scheduler one, Starter starter) throws InterruptedException {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < TIMES; i++) {
      StringJoiner order = new StringJoiner(" ");
      run(one, () -> starter.start(order));
      seen.merge(order.toString(), 1, Integer::sum);
    }
    return seen.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private static void run(Scheduler scheduler, Body main) throws InterruptedException {
    scheduler.go(main).join();
    for (Goroutine started : scheduler.goroutines()) {
      started.join();
    }
  }

  private static void stealing() throws Exception {
    // snippet: stealing
    try (Scheduler two = Scheduler.builder().backend(Backend.GPM).procs(2).build()) {
      while (two.stats().steals() == 0) {
        run(
            two,
            () -> {
              for (int i = 0; i < 200; i++) {
                go(Processors::compute); // all into slot and ring of this processor
              }
            });
      }
      SchedulerStats stats = two.stats();
      System.out.println("stolen " + stats.steals() + " times, " + stats.procs() + " processors");
    }
    // end
  }

  private static void compute() {
    long until = System.nanoTime() + 20_000;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }
}
