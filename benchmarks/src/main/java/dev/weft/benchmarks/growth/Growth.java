package dev.weft.benchmarks.growth;

import dev.weft.benchmarks.plot.Children;
import dev.weft.benchmarks.plot.Curve;
import dev.weft.benchmarks.plot.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// How long each put takes while a map grows to ten million entries: `growth [folder]`.
///
/// All maps take turns, in a process of their own each, for some rounds. What is printed is a
/// table; the plot goes to the folder, `target` if none is given. Times include the look at the
/// clock, some 25 ns.
public final class Growth {
  private static final int ROUNDS = 3;
  private static final String ENTRIES = "10000000";
  private static final List<String> FLAGS =
      List.of("-Xms3g", "-Xmx3g", "-Xmn500m", "-XX:+UseParallelGC", "-XX:+AlwaysPreTouch");

  private Growth() {}

  /// Runs all.
  ///
  /// @param args the folder for the plot
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Children.folder(args);
    Children.withGo("growth", go -> show(measure(go), folder));
  }

  private static Map<Growing, Map<String, Histogram>> measure(Optional<Path> go)
      throws IOException, InterruptedException {
    List<Growing> maps = new ArrayList<>(List.of(Growing.values()));
    if (go.isEmpty()) {
      maps.remove(Growing.GO);
    }
    Map<Growing, Map<String, Histogram>> all = new EnumMap<>(Growing.class);
    for (int round = 1; round <= ROUNDS; round++) {
      for (Growing map : maps) {
        System.out.println("round " + round + " of " + ROUNDS + ": " + map.title());
        Map<String, Histogram> sums = all.computeIfAbsent(map, unused -> new HashMap<>());
        run(map, go)
            .forEach((name, more) -> sums.merge(name, more, (sum, next) -> added(sum, next)));
      }
    }
    return all;
  }

  private static Map<String, Histogram> run(Growing map, Optional<Path> go)
      throws IOException, InterruptedException {
    return map.maps().isPresent()
        ? Children.java(GrowthRun.class, FLAGS, map.maps().get().name(), ENTRIES)
        : Map.of(GrowthRun.ALONE, Children.go(go.orElseThrow(), ENTRIES));
  }

  private static Histogram added(Histogram sum, Histogram more) {
    sum.add(more);
    return sum;
  }

  private static void show(Map<Growing, Map<String, Histogram>> all, Path folder)
      throws IOException {
    System.out.println("\nOne put while a map grows to " + ENTRIES + " entries, microseconds");
    System.out.println("java " + Runtime.version() + ", rounds: " + ROUNDS + "\n");
    System.out.println(
        "| map | p50 | p99 | p99.9 | p99.99 | p99.999 | worst | collections | their pauses, ms |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
    List<Curve> curves = new ArrayList<>();
    all.forEach(
        (map, measured) -> {
          Histogram alone = measured.get(GrowthRun.ALONE);
          System.out.println(line(map, alone, measured.get(GrowthRun.PAUSES)));
          float width = map == Growing.WEFT ? 3f : 2f;
          curves.add(new Curve(map.title(), map.color(), width, alone));
        });
    Path file = folder.resolve("map-growth.svg");
    String title = "One put while a map grows to 10,000,000 entries, without collections";
    Files.writeString(file, Svg.of(Curve.chart(title, "time of a put", curves)));
    System.out.println("\nThe plot is in " + file);
  }

  private static String line(Growing map, Histogram alone, Histogram pauses) {
    String collections = "not told | ";
    if (pauses != null && pauses.getTotalCount() == 0) {
      collections = "0 | ";
    } else if (pauses != null) {
      collections =
          pauses.getTotalCount()
              + " | "
              + pauses.getMinValue() / 1_000_000
              + " to "
              + pauses.getMaxValue() / 1_000_000;
    }
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.1f | %.1f | %.0f | %s |",
        map.title(),
        alone.getValueAtPercentile(50) / 1e3,
        alone.getValueAtPercentile(99) / 1e3,
        alone.getValueAtPercentile(99.9) / 1e3,
        alone.getValueAtPercentile(99.99) / 1e3,
        alone.getValueAtPercentile(99.999) / 1e3,
        alone.getMaxValue() / 1e3,
        collections);
  }
}
