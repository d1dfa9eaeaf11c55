package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Weft beside other libraries: medians, ratios to them, and what they allocate.
final class RivalTable {
  private static final List<Runner> CHANNELS = List.of(Runner.JOX, Runner.KOTLINX, Runner.JUC);
  private static final List<Runner> LOCKS =
      List.of(Runner.REENTRANT, Runner.FAIR, Runner.STAMPED, Runner.KOTLINX);
  private static final List<Runner> TOOLS = List.of(Runner.PLAIN, Runner.PHASER);

  private RivalTable() {}

  /// One table for the rows about channels, one for those about locks, and one for the rest of
  /// `sync`; without those that no rival has run.
  static String of(List<Reading> readings) {
    return Stream.of(CHANNELS, LOCKS, TOOLS)
        .map(rivals -> of(readings, rivals))
        .filter(table -> !table.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String of(List<Reading> readings, List<Runner> rivals) {
    Markdown table = new Markdown(head(rivals));
    Arrays.stream(Row.values())
        .filter(row -> !row.rivals().isEmpty() && rivals.contains(row.rivals().getFirst()))
        .forEach(
            row ->
                readings.stream()
                    .filter(r -> r.row() == row && rivals.contains(r.runner()))
                    .mapToInt(Reading::procs)
                    .distinct()
                    .sorted()
                    .forEach(procs -> table.add(line(readings, row, procs, rivals))));
    return table.isEmpty() ? "" : table.render();
  }

  private static List<String> head(List<Runner> rivals) {
    List<String> head = new ArrayList<>(List.of("row", "procs", "gpm", "jdk"));
    rivals.forEach(rival -> head.add(rival.title()));
    for (String ours : List.of("gpm/", "jdk/")) {
      rivals.forEach(rival -> head.add(ours + rival.title()));
    }
    rivals.forEach(rival -> head.add(rival.title() + " B/op"));
    return head;
  }

  private static List<String> line(
      List<Reading> readings, Row row, int procs, List<Runner> runners) {
    Summary gpm = Summary.of(readings, row, Runner.GPM, procs);
    Summary jdk = Summary.of(readings, row, Runner.JDK, procs);
    List<Summary> rivals =
        runners.stream().map(rival -> Summary.of(readings, row, rival, procs)).toList();
    List<String> cells = new ArrayList<>();
    cells.add(row.title());
    cells.add(Integer.toString(procs));
    Stream.concat(Stream.of(gpm, jdk), rivals.stream()).map(Summary::time).forEach(cells::add);
    for (Summary ours : List.of(gpm, jdk)) {
      rivals.forEach(rival -> cells.add(Markdown.ratio(ours.nanos(), rival.nanos())));
    }
    rivals.stream().map(Summary::bytes).forEach(cells::add);
    return cells;
  }
}
