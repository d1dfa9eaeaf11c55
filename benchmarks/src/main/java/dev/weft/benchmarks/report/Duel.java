package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// A backend of Weft beside somebody else in one row.
///
/// @param ratio Weft's median over the other's: below 1, Weft is faster
record Duel(Row row, int procs, Runner ours, Runner theirs, double ratio) {

  /// The readings of one fork differ by more.
  private static final double EVEN = 0.05;

  /// How it ended.
  enum Result {
    WON,
    EVEN,
    LOST
  }

  /// All that there are, in the order of the rows. The floor counts as somebody, though nobody can
  /// win against it.
  static List<Duel> of(List<Reading> readings) {
    List<Duel> duels = new ArrayList<>();
    for (Row row : Rows.all()) {
      List<Reading> own = readings.stream().filter(r -> r.row() == row).toList();
      own.stream()
          .mapToInt(Reading::procs)
          .filter(procs -> procs > 0)
          .distinct()
          .sorted()
          .forEach(procs -> add(duels, readings, row, procs));
    }
    return duels;
  }

  private static void add(List<Duel> duels, List<Reading> readings, Row row, int procs) {
    for (Runner ours : Runner.OURS) {
      OptionalDouble own = Summary.of(readings, row, ours, procs).nanos();
      for (Runner theirs : Runner.values()) {
        OptionalDouble other =
            theirs == Runner.FLOOR
                ? Table.floor(readings, row)
                : Summary.of(readings, row, theirs, procs).nanos();
        if (own.isPresent() && other.isPresent() && !theirs.isOurs()) {
          double ratio = own.getAsDouble() / other.getAsDouble();
          duels.add(new Duel(row, procs, ours, theirs, ratio));
        }
      }
    }
  }

  /// Less than a twentieth is no difference.
  Result result() {
    return ratio < 1 - EVEN ? Result.WON : ratio > 1 + EVEN ? Result.LOST : Result.EVEN;
  }
}
