package dev.weft.benchmarks.waiting;

import dev.weft.benchmarks.plot.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// How long goroutines wait for a contended mutex, with the starvation rule and without it, beside
/// `ReentrantLock`: `waiting [folder]`.
///
/// All variants run in turn, in a JVM of their own each, for some rounds. What is printed is a
/// table a scenario; the plots go to the folder, `target` if none is given.
public final class Waiting {
  private static final int ROUNDS = 3;
  private static final String WARM_UP_MILLIS = "1000";
  private static final String MEASURED_MILLIS = "3000";

  private Waiting() {}

  /// Runs all.
  ///
  /// @param args the folder for the plots
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Children.folder(args);
    Children.withGo(
        "waiting",
        go -> {
          for (Scenario scenario : Scenario.values()) {
            show(scenario, measure(scenario, go), folder);
          }
        });
  }

  private static Map<Variant, Histogram> measure(Scenario scenario, Optional<Path> go)
      throws IOException, InterruptedException {
    List<Variant> variants = new ArrayList<>(List.of(Variant.values()));
    if (go.isEmpty()) {
      variants.remove(Variant.GO);
    }
    Map<Variant, Histogram> waits = new EnumMap<>(Variant.class);
    for (int round = 1; round <= ROUNDS; round++) {
      for (Variant variant : variants) {
        System.out.println("round " + round + " of " + ROUNDS + ": " + variant.title());
        Histogram more =
            variant == Variant.GO
                ? Children.go(
                    go.orElseThrow(),
                    scenario.name().toLowerCase(Locale.ROOT),
                    WARM_UP_MILLIS,
                    MEASURED_MILLIS)
                : run(variant, scenario);
        waits.merge(variant, more, Waiting::sum);
      }
    }
    return waits;
  }

  private static void show(Scenario scenario, Map<Variant, Histogram> waits, Path folder)
      throws IOException {
    System.out.println("\nWaiting times in microseconds: " + scenario.title());
    System.out.println("java " + Runtime.version() + ", 2 processors, rounds: " + ROUNDS + "\n");
    double seconds = ROUNDS * Long.parseLong(MEASURED_MILLIS) / 1e3;
    System.out.println(WaitingTable.of(waits, seconds));
    String name = "mutex-waiting-" + scenario.name().toLowerCase(Locale.ROOT) + ".svg";
    Path file = folder.resolve(name);
    Plot.write(scenario, waits, file);
    System.out.println("The plot is in " + file + "\n");
  }

  private static Histogram sum(Histogram first, Histogram second) {
    first.add(second);
    return first;
  }

  private static Histogram run(Variant variant, Scenario scenario)
      throws IOException, InterruptedException {
    return Children.java(
            WaitingRun.class,
            variant.flags(),
            variant.name(),
            scenario.name(),
            WARM_UP_MILLIS,
            MEASURED_MILLIS)
        .get(WaitingRun.WAITS);
  }
}
