package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.ArrayList;
import java.util.List;

/// Readings that a test makes up.
final class Readings {
  private final List<Reading> all = new ArrayList<>();

  /// A reading a round, on two processors, without allocation.
  Readings with(Row row, Runner runner, double... nanos) {
    int procs = runner == Runner.FLOOR ? 0 : 2;
    for (int i = 0; i < nanos.length; i++) {
      all.add(new Reading(row, runner, procs, i + 1, nanos[i], 0));
    }
    return this;
  }

  List<Reading> list() {
    return all;
  }
}
