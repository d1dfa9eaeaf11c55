package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// What a change has done: `compare before.json after.json`, two files that the report has written.
///
/// Between the two runs the machine may have become faster or slower. But in both, the same Go and
/// the same other libraries ran beside Weft, row by row. What they took afterwards, as a multiple
/// of what they took before, is the machine's doing; the table says it, and divides Weft's change
/// by it. Where nobody else has run a row, the mean of all rows stands in.
///
/// A change is called one if it is more than a tenth and the rounds of the two runs do not overlap,
/// both with the machine taken out and without: what others took has its own errors.
public final class Compare {
  private static final double LITTLE = 0.1;

  private static final List<String> HEAD =
      List.of(
          "row",
          "procs",
          "who",
          "before",
          "after",
          "after/before",
          "machine",
          "corrected",
          "verdict",
          "B/op before",
          "B/op after");

  private final List<Reading> before;
  private final List<Reading> after;

  Compare(List<Reading> before, List<Reading> after) {
    this.before = before;
    this.after = after;
  }

  /// Prints the table.
  ///
  /// @param args the two files
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException(
          "compare needs two files that the report has written, before and after: "
              + Arrays.toString(args));
    }
    Run before = JsonFile.read(Path.of(args[0]));
    Run after = JsonFile.read(Path.of(args[1]));
    print("before", before);
    print("after", after);
    System.out.print(new Compare(before.readings(), after.readings()).table());
  }

  private static void print(String when, Run run) {
    System.out.println(
        run.about().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("\n  ", when + ":\n  ", "\n")));
  }

  /// The rows that are in both runs, as Markdown.
  String table() {
    Markdown table = new Markdown(HEAD);
    double everywhere = mean(Rows.all().stream().flatMapToDouble(this::machine)).orElse(1);
    for (Row row : Rows.all()) {
      for (int procs : procs(row)) {
        double machine = mean(machine(row, procs)).orElse(everywhere);
        for (Runner runner : Runner.OURS) {
          Summary then = Summary.of(before, row, runner, procs);
          Summary now = Summary.of(after, row, runner, procs);
          if (then.nanos().isPresent() && now.nanos().isPresent()) {
            table.add(line(row, procs, runner, then, now, machine));
          }
        }
      }
    }
    return table.render();
  }

  private int[] procs(Row row) {
    return before.stream()
        .filter(r -> r.row() == row)
        .mapToInt(Reading::procs)
        .distinct()
        .sorted()
        .toArray();
  }

  private DoubleStream machine(Row row) {
    return Arrays.stream(procs(row)).boxed().flatMapToDouble(procs -> machine(row, procs));
  }

  /// What others took in a row, as multiples of what they took before.
  private DoubleStream machine(Row row, int procs) {
    return Arrays.stream(Runner.values())
        .filter(runner -> !runner.isOurs())
        .flatMapToDouble(
            runner -> {
              OptionalDouble then = Summary.of(before, row, runner, procs).nanos();
              OptionalDouble now = Summary.of(after, row, runner, procs).nanos();
              return then.isPresent() && now.isPresent()
                  ? DoubleStream.of(now.getAsDouble() / then.getAsDouble())
                  : DoubleStream.empty();
            });
  }

  /// The geometric one, as befits ratios.
  private static OptionalDouble mean(DoubleStream ratios) {
    OptionalDouble log = ratios.map(Math::log).average();
    return log.isPresent() ? OptionalDouble.of(Math.exp(log.getAsDouble())) : log;
  }

  private static List<String> line(
      Row row, int procs, Runner runner, Summary then, Summary now, double machine) {
    double ratio = now.nanos().getAsDouble() / then.nanos().getAsDouble();
    return List.of(
        row.title(),
        Integer.toString(procs),
        runner.title(),
        then.time(),
        now.time(),
        Summary.digits(ratio),
        Summary.digits(machine),
        Summary.digits(ratio / machine),
        verdict(then, now, machine),
        then.bytes(),
        now.bytes());
  }

  private static String verdict(Summary then, Summary now, double machine) {
    double least = Math.min(1, machine);
    double most = Math.max(1, machine);
    double ratio = now.nanos().getAsDouble() / then.nanos().getAsDouble();
    if (ratio < (1 - LITTLE) * least && now.most() < then.least() * least) {
      return "faster";
    }
    if (ratio > (1 + LITTLE) * most && now.least() > then.most() * most) {
      return "slower";
    }
    return "";
  }
}
