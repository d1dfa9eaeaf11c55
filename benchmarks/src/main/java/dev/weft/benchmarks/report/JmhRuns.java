package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs rows under JMH.
final class JmhRuns {
  private final Options base;
  private final boolean quick;
  private final OutputFormat log;

  /// Creates it.
  ///
  /// @param base what the user wants of JMH
  /// @param quick whether rivals run on two processors only
  /// @param log where JMH writes what it usually prints
  JmhRuns(Options base, boolean quick, PrintStream log) {
    this.base = base;
    this.quick = quick;
    this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
  }

  /// One fork for each backend or rival and number of processors, one after the other.
  List<Reading> run(Row row, int round) throws RunnerException {
    List<Reading> readings = new ArrayList<>(run(row, round, options(row)));
    if (!row.rivals().isEmpty()) {
      ChainedOptionsBuilder rivals =
          options(row)
              .param("backend", row.rivals().stream().map(Runner::backend).toArray(String[]::new));
      boolean onTwo = quick && !row.isSequential();
      readings.addAll(run(row, round, onTwo ? rivals.param("procs", "2") : rivals));
    }
    return readings;
  }

  private ChainedOptionsBuilder options(Row row) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(base)
            .include("^" + Pattern.quote(row.benchmark().getName()) + "\\.")
            .forks(1)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    if (!row.keys().isEmpty()) {
      options.param("keys", row.keys());
    }
    if (!row.parameter().isEmpty()) {
      options.param(row.parameter(), Integer.toString(row.value()));
    }
    return options;
  }

  private List<Reading> run(Row row, int round, ChainedOptionsBuilder options)
      throws RunnerException {
    List<Reading> readings = new ArrayList<>();
    for (RunResult result : new org.openjdk.jmh.runner.Runner(options.build(), log).run()) {
      readings.add(reading(row, round, result));
    }
    return readings;
  }

  /// JMH says nothing about bytes if there were none.
  private static double bytes(RunResult result) {
    Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return bytes == null ? 0 : bytes.getScore();
  }

  private static Reading reading(Row row, int round, RunResult result) {
    String backend = result.getParams().getParam("backend");
    String procs = result.getParams().getParam("procs");
    return new Reading(
        row,
        backend == null ? Runner.FLOOR : Runner.valueOf(backend.toUpperCase(Locale.ROOT)),
        row.isSequential() ? 1 : procs == null ? 0 : Integer.parseInt(procs),
        round,
        result.getPrimaryResult().getScore(),
        bytes(result));
  }
}
