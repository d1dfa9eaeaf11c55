package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/// The readings as a Markdown table: medians, and how they compare.
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
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    lines.add(null);
    for (Row row : Row.values()) {
      if (readings.stream().anyMatch(r -> r.row() == row)) {
        addLines(lines, readings, row);
      }
    }
    return render(lines);
  }

  private static void addLines(List<List<String>> lines, List<Reading> readings, Row row) {
    Summary own = Summary.of(readings, row, Runner.FLOOR, 0);
    if (own.nanos().isPresent()) {
      lines.add(List.of(row.title(), "", "", "", "", own.time(), "", "", "", "", "", ""));
      return;
    }
    OptionalDouble bare = Summary.of(readings, Row.CONTINUATION, Runner.FLOOR, 0).nanos();
    OptionalDouble floor =
        row.switches() == 0 || bare.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(row.switches() * bare.getAsDouble());
    readings.stream()
        .filter(r -> r.row() == row)
        .mapToInt(Reading::procs)
        .distinct()
        .sorted()
        .forEach(procs -> lines.add(line(readings, row, procs, floor)));
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
        ratio(gpm.nanos(), jdk.nanos()),
        ratio(gpm.nanos(), go.nanos()),
        ratio(gpm.nanos(), floor),
        gpm.bytes(),
        jdk.bytes(),
        go.bytes());
  }

  private static String ratio(OptionalDouble ours, OptionalDouble theirs) {
    return ours.isEmpty() || theirs.isEmpty()
        ? ""
        : Summary.digits(ours.getAsDouble() / theirs.getAsDouble());
  }

  /// A null stands for the line below the head.
  private static String render(List<List<String>> lines) {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(HEAD.size(), 3));
    for (List<String> line : lines) {
      for (int i = 0; line != null && i < line.size(); i++) {
        widths.set(i, Math.max(widths.get(i), line.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int i = 0; i < widths.size(); i++) {
        int width = widths.get(i);
        String cell = line == null ? "-".repeat(width) : line.get(i);
        text.append("| ").append(cell).repeat(" ", width - cell.length() + 1);
      }
      text.append('|').append(System.lineSeparator());
    }
    return text.toString();
  }
}
