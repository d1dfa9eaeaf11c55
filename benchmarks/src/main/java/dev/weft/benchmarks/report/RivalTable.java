package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Weft beside other libraries: medians, ratios to them, and what they allocate.
///
/// @param ours whose figures are compared
/// @param rivals with whose
record RivalTable(List<Runner> ours, List<Runner> rivals) {
  private static final List<Runner> BACKENDS = List.of(Runner.GPM, Runner.JDK);
  private static final List<Runner> COLLECTIONS = List.of(Runner.WEFT);
  private static final List<Runner> SLICES = List.of(Runner.WEFT, Runner.APPENDER);

  private static final List<RivalTable> ALL =
      List.of(
          new RivalTable(BACKENDS, List.of(Runner.JOX, Runner.KOTLINX, Runner.JUC)),
          new RivalTable(
              BACKENDS, List.of(Runner.REENTRANT, Runner.FAIR, Runner.STAMPED, Runner.KOTLINX)),
          new RivalTable(BACKENDS, List.of(Runner.PLAIN, Runner.PHASER, Runner.JUC)),
          new RivalTable(
              COLLECTIONS,
              List.of(Runner.HASHMAP, Runner.AGRONA, Runner.FASTUTIL, Runner.ECLIPSE, Runner.GO)),
          new RivalTable(SLICES, List.of(Runner.LIST, Runner.FASTUTIL, Runner.ARRAY, Runner.GO)),
          new RivalTable(COLLECTIONS, List.of(Runner.PLAIN, Runner.GO)));

  /// A table each for the rows about channels, locks, the rest of `sync`, maps, slices and text;
  /// without those that no rival has run.
  static String of(List<Reading> readings) {
    return ALL.stream()
        .map(table -> table.render(readings))
        .filter(table -> !table.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private String render(List<Reading> readings) {
    Markdown table = new Markdown(head());
    Optional<RivalTable> me = Optional.of(this);
    Rows.all().stream()
        .filter(row -> ALL.stream().filter(each -> each.takes(row)).findFirst().equals(me))
        .forEach(
            row ->
                readings.stream()
                    .filter(r -> r.row() == row && rivals.contains(r.runner()))
                    .mapToInt(Reading::procs)
                    .distinct()
                    .sorted()
                    .forEach(procs -> table.add(line(readings, row, procs))));
    return table.isEmpty() ? "" : table.render();
  }

  /// Whether a row may stand here: it stands in the first table that takes it.
  private boolean takes(Row row) {
    return row.isSequential() == isAboutCollections()
        && row.rivals().stream()
            .filter(rival -> !rival.isOurs())
            .findFirst()
            .or(() -> withoutRival(row))
            .filter(rivals::contains)
            .isPresent();
  }

  /// Where Go is the only other one that has it.
  private static Optional<Runner> withoutRival(Row row) {
    return row.isSequential() ? Optional.of(Runner.PLAIN) : Optional.empty();
  }

  private boolean isAboutCollections() {
    return ours.contains(Runner.WEFT);
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(List.of("row", "procs"));
    Stream.concat(ours.stream(), rivals.stream()).map(Runner::title).forEach(head::add);
    for (Runner own : ours) {
      rivals.forEach(rival -> head.add(own.title() + "/" + rival.title()));
    }
    Stream<Runner> allocating = isAboutCollections() ? ours.stream() : Stream.empty();
    Stream.concat(allocating, rivals.stream())
        .map(runner -> runner.title() + " B/op")
        .forEach(head::add);
    return head;
  }

  private List<String> line(List<Reading> readings, Row row, int procs) {
    List<Summary> own = summaries(ours, readings, row, procs);
    List<Summary> others = summaries(rivals, readings, row, procs);
    List<String> cells = new ArrayList<>();
    cells.add(row.title());
    cells.add(Integer.toString(procs));
    Stream.concat(own.stream(), others.stream()).map(Summary::time).forEach(cells::add);
    for (Summary one : own) {
      others.forEach(rival -> cells.add(Markdown.ratio(one.nanos(), rival.nanos())));
    }
    Stream<Summary> allocating = isAboutCollections() ? own.stream() : Stream.empty();
    Stream.concat(allocating, others.stream()).map(Summary::bytes).forEach(cells::add);
    return cells;
  }

  private static List<Summary> summaries(
      List<Runner> runners, List<Reading> readings, Row row, int procs) {
    return runners.stream().map(runner -> Summary.of(readings, row, runner, procs)).toList();
  }
}
