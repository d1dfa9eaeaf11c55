package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs rows under JMH.
final class JmhRuns {
  private final Options base;
  private final OutputFormat log;

  /// Creates it.
  ///
  /// @param base what the user wants of JMH
  /// @param log where JMH writes what it usually prints
  JmhRuns(Options base, PrintStream log) {
    this.base = base;
    this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
  }

  /// One fork for each backend and number of processors, one after the other.
  List<Reading> run(Row row, int round) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .parent(base)
            .include("^" + Pattern.quote(row.benchmark().getName()) + "\\.")
            .forks(1)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .build();
    List<Reading> readings = new ArrayList<>();
    for (RunResult result : new org.openjdk.jmh.runner.Runner(options, log).run()) {
      readings.add(reading(row, round, result));
    }
    return readings;
  }

  private static Reading reading(Row row, int round, RunResult result) {
    String backend = result.getParams().getParam("backend");
    String procs = result.getParams().getParam("procs");
    return new Reading(
        row,
        backend == null ? Runner.FLOOR : Runner.valueOf(backend.toUpperCase(Locale.ROOT)),
        procs == null ? 0 : Integer.parseInt(procs),
        round,
        result.getPrimaryResult().getScore(),
        result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
  }
}
