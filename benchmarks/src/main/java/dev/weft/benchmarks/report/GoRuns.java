package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs the rows that exist in Go, if there is a Go to run them with.
final class GoRuns {

  /// `BenchmarkSpsc/8-2 1000000 107.6 ns/op 0 B/op 0 allocs/op`; no `-2` means 1 processor.
  private static final Pattern RESULT =
      Pattern.compile(
          "Benchmark\\w+(?:/\\w+)*(?:-(\\d+))?\\s+\\d+\\s+([\\d.]+) ns/op\\s+([\\d.]+) B/op.*");

  private final List<Path> binaries;
  private final String version;
  private final long milliseconds;
  private final PrintStream log;

  private GoRuns(List<Path> binaries, String version, long milliseconds, PrintStream log) {
    this.binaries = binaries;
    this.version = version;
    this.milliseconds = milliseconds;
    this.log = log;
  }

  /// Compiles the rows.
  ///
  /// @param sources where they are
  /// @param target where the binary goes
  /// @param milliseconds how long to run a row
  /// @param log where Go's output goes The rows with ants need it from the network, when they are
  ///   compiled for the first time; without that, they are left out.
  ///
  /// @throws IOException if there is no Go, or no source; the message says which
  static GoRuns compile(Path sources, Path target, long milliseconds, PrintStream log)
      throws IOException, InterruptedException {
    String version = String.join(" ", output(log, sources, "go", "version"));
    List<Path> binaries = new ArrayList<>();
    binaries.add(compileModule(sources, target.resolve("go.test"), log));
    try {
      binaries.add(compileModule(sources.resolve("ants"), target.resolve("ants.test"), log));
    } catch (IOException e) {
      log.println("without ants: " + e.getMessage());
    }
    return new GoRuns(binaries, version, milliseconds, log);
  }

  private static Path compileModule(Path sources, Path binary, PrintStream log)
      throws IOException, InterruptedException {
    output(log, sources, "go", "test", "-c", "-o", binary.toString(), ".");
    return binary;
  }

  /// What `go version` says.
  String version() {
    return version;
  }

  /// Runs a row with one and, if it has goroutines, with two processors; nothing comes back if Go
  /// does not have it.
  List<Reading> run(Row row, int round) throws IOException, InterruptedException {
    List<Reading> readings = new ArrayList<>();
    for (Path binary : binaries) {
      readings.addAll(run(binary, row, round));
    }
    return readings;
  }

  private List<Reading> run(Path binary, Row row, int round)
      throws IOException, InterruptedException {
    List<String> lines =
        output(
            log,
            binary.getParent(),
            binary.toString(),
            "-test.run=^$",
            "-test.bench=^Benchmark" + row.key().replace("/", "$/^") + "$",
            row.isSequential() ? "-test.cpu=1" : "-test.cpu=1,2",
            "-test.benchmem",
            "-test.benchtime=" + benchTime(row));
    List<Reading> readings = new ArrayList<>();
    for (String line : lines) {
      Matcher result = RESULT.matcher(line);
      if (result.matches()) {
        int procs = result.group(1) == null ? 1 : Integer.parseInt(result.group(1));
        double nanos = Double.parseDouble(result.group(2));
        double bytes = Double.parseDouble(result.group(3));
        readings.add(new Reading(row, Runner.GO, procs, round, nanos, bytes));
      }
    }
    return readings;
  }

  /// Rows about many start them all before they begin: for a few operations that would be all that
  /// is measured. So they do as many as the Java row does at once.
  private String benchTime(Row row) {
    return row.isAboutMany() || row.isAboutPools()
        ? row.operationsAtOnce() + "x"
        : milliseconds + "ms";
  }

  private static List<String> output(PrintStream log, Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    List<String> lines;
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      lines = reader.lines().toList();
    }
    lines.forEach(log::println);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + String.join("\n", lines));
    }
    return lines;
  }
}
