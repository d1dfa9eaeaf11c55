package dev.weft.examples.words;

import dev.weft.scheduler.Backend;
import dev.weft.scheduler.BackendChoice;
import dev.weft.scheduler.Scheduler;
import dev.weft.scheduler.SchedulerStats;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/// Prints what the program has to say, for people.
final class Report {

  private final Options options;
  private final PrintStream out;

  Report(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /// What is going to be done, and what runs it.
  void start(Scheduler scheduler) {
    out.printf(
        Locale.ROOT,
        "counting words in %s (%s) with %,d parsers%n",
        options.directory(),
        String.join(", ", new TreeSet<>(options.extensions())),
        options.parsers());
    BackendChoice backend = scheduler.backend();
    out.printf(Locale.ROOT, "backend %s: %s%n", name(backend.backend()), backend.reason());
  }

  /// The table, how much was counted how fast, and what was left out.
  void result(Result result) {
    out.println();
    out.printf(Locale.ROOT, "%12s  %s%n", "count", "word");
    for (Map.Entry<String, Long> entry : result.tally().top(options.top())) {
      out.printf(Locale.ROOT, "%,12d  %s%n", entry.getValue(), entry.getKey());
    }
    out.println();
    if (!result.complete()) {
      out.printf(
          Locale.ROOT,
          "PARTIAL: stopped after %,d of the %,d files found so far; the table is what was counted"
              + " until then%n",
          result.files(),
          result.found());
    }
    throughput(result);
    leftOut(result.leftOut());
    result.unreadable().forEach(problem -> out.printf(Locale.ROOT, "  cannot read %s%n", problem));
  }

  private void throughput(Result result) {
    Tally tally = result.tally();
    double seconds = result.nanos() / 1e9;
    out.printf(
        Locale.ROOT,
        "%,d files, %,.1f MB, %,d words (%,d different) in %.2f s: %,.1f MB/s, %,.0f words/s%n",
        result.files(),
        tally.bytes() / 1e6,
        tally.words(),
        tally.counts().size(),
        seconds,
        tally.bytes() / 1e6 / seconds,
        tally.words() / seconds);
  }

  private void leftOut(LeftOut leftOut) {
    List<String> parts = new ArrayList<>();
    add(parts, leftOut.otherFiles(), "other files");
    add(parts, leftOut.directories(), "hidden or build directories");
    add(parts, leftOut.links(), "symbolic links");
    add(parts, leftOut.binaries(), "binary files");
    add(parts, leftOut.unreadable(), "unreadable files or directories");
    add(parts, leftOut.malformed(), "places that are not UTF-8");
    add(parts, leftOut.tooLong(), "runs of more than " + Tokenizer.MOST_LETTERS + " letters");
    if (!parts.isEmpty()) {
      out.printf(Locale.ROOT, "left out: %s%n", String.join(", ", parts));
    }
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(String.format(Locale.ROOT, "%,d %s", count, what));
    }
  }

  /// What the scheduler did for it.
  void scheduler(SchedulerStats stats) {
    if (stats.backend() == Backend.GPM) {
      out.printf(
          Locale.ROOT,
          "scheduler: %d procs, %d threads, %,d switches, %,d steals, %,d wakes, %,d hand-offs,"
              + " %,d spare threads%n",
          stats.procs(),
          stats.threads(),
          stats.switches(),
          stats.steals(),
          stats.wakes(),
          stats.handOffs(),
          stats.spareThreads());
    } else {
      out.printf(
          Locale.ROOT,
          "scheduler: %d procs; the JDK's scheduler does not tell more%n",
          stats.procs());
    }
  }

  private static String name(Backend backend) {
    return backend.name().toLowerCase(Locale.ROOT);
  }
}
