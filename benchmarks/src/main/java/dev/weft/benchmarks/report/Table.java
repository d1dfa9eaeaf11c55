package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.List;
import java.util.OptionalDouble;

/// The readings of rows about goroutines as a Markdown table: medians, and how they compare.
final class Table {
  private static final List<String> HEAD =
      List.of(
          "row",
          "procs",
          "gpm",
          "jdk",
          "Go",
          "floor",
          "gpm/jdk",
          "gpm/Go",
          "gpm/floor",
          "gpm B/op",
          "jdk B/op",
          "Go B/op");

  private Table() {}

  static String of(List<Reading> readings) {
    Markdown table = new Markdown(HEAD);
    for (Row row : Rows.all()) {
      if (!row.isSequential() && readings.stream().anyMatch(r -> r.row() == row)) {
        addLines(table, readings, row);
      }
    }
    return table.render();
  }

  private static void addLines(Markdown table, List<Reading> readings, Row row) {
    Summary own = Summary.of(readings, row, Runner.FLOOR, 0);
    if (own.nanos().isPresent()) {
      table.add(List.of(row.title(), "", "", "", "", own.time(), "", "", "", "", "", ""));
      return;
    }
    OptionalDouble floor = floor(readings, row);
    readings.stream()
        .filter(r -> r.row() == row)
        .mapToInt(Reading::procs)
        .distinct()
        .sorted()
        .forEach(procs -> table.add(line(readings, row, procs, floor)));
  }

  /// What the switches that a row cannot do without take, if it needs any and they were measured.
  static OptionalDouble floor(List<Reading> readings, Row row) {
    OptionalDouble bare = Summary.of(readings, Rows.CONTINUATION, Runner.FLOOR, 0).nanos();
    return row.switches() == 0 || bare.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(row.switches() * bare.getAsDouble());
  }

  private static List<String> line(
      List<Reading> readings, Row row, int procs, OptionalDouble floor) {
    Summary gpm = Summary.of(readings, row, Runner.GPM, procs);
    Summary jdk = Summary.of(readings, row, Runner.JDK, procs);
    Summary go = Summary.of(readings, row, Runner.GO, procs);
    return List.of(
        row.title(),
        Integer.toString(procs),
        gpm.time(),
        jdk.time(),
        go.time(),
        floor.isEmpty() ? "" : Summary.digits(floor.getAsDouble()) + " ns",
        Markdown.ratio(gpm.nanos(), jdk.nanos()),
        Markdown.ratio(gpm.nanos(), go.nanos()),
        Markdown.ratio(gpm.nanos(), floor),
        gpm.bytes(),
        jdk.bytes(),
        go.bytes());
  }
}
