package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Weft beside other libraries: medians, ratios to them, and what they allocate.
final class RivalTable {
  private static final List<Runner> RIVALS = List.of(Runner.JOX, Runner.KOTLINX, Runner.JUC);
  private static final List<String> HEAD =
      List.of(
          "row",
          "procs",
          "gpm",
          "jdk",
          "Jox",
          "kotlinx",
          "j.u.c.",
          "gpm/Jox",
          "gpm/kotlinx",
          "gpm/j.u.c.",
          "jdk/Jox",
          "jdk/kotlinx",
          "jdk/j.u.c.",
          "Jox B/op",
          "kotlinx B/op",
          "j.u.c. B/op");

  private RivalTable() {}

  /// Empty if no rival ran.
  static String of(List<Reading> readings) {
    Markdown table = new Markdown(HEAD);
    Arrays.stream(Row.values())
        .filter(row -> !row.rivals().isEmpty())
        .forEach(
            row ->
                readings.stream()
                    .filter(r -> r.row() == row && RIVALS.contains(r.runner()))
                    .mapToInt(Reading::procs)
                    .distinct()
                    .sorted()
                    .forEach(procs -> table.add(line(readings, row, procs))));
    return table.isEmpty() ? "" : table.render();
  }

  private static List<String> line(List<Reading> readings, Row row, int procs) {
    Summary gpm = Summary.of(readings, row, Runner.GPM, procs);
    Summary jdk = Summary.of(readings, row, Runner.JDK, procs);
    List<Summary> rivals =
        RIVALS.stream().map(rival -> Summary.of(readings, row, rival, procs)).toList();
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
