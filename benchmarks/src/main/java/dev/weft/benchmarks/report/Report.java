package dev.weft.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the rows in rounds and compares: `report [quick] [regular expressions] [JMH options]`.
///
/// The speed of a machine can change within minutes, so only figures that were taken close to each
/// other compare. In each round each row is run by all, one after the other, before the next row
/// begins; what the table compares is the medians over the rounds.
///
/// A regular expression chooses rows by their names, such as `channel.Spsc/8`. JMH's options hold,
/// with `-f` as the number of rounds.
public final class Report {

  private final boolean quick;
  private final List<Row> rows;
  private final int rounds;
  private final Options options;

  private Report(boolean quick, List<Pattern> rows, CommandLineOptions user) {
    if (!user.getIncludes().isEmpty()) {
      throw new IllegalArgumentException("rows come before options: " + user.getIncludes());
    }
    this.quick = quick;
    TimeValue time = quick ? TimeValue.milliseconds(200) : TimeValue.seconds(1);
    int iterations = quick ? 2 : 3;
    rounds = user.getForkCount().orElse(quick ? 2 : 5);
    options =
        new OptionsBuilder()
            .parent(user)
            .warmupIterations(user.getWarmupIterations().orElse(iterations))
            .warmupTime(user.getWarmupTime().orElse(time))
            .measurementIterations(user.getMeasurementIterations().orElse(iterations))
            .measurementTime(user.getMeasurementTime().orElse(time))
            .build();
    this.rows = Rows.all().stream().filter(row -> chosen(row, quick, rows)).toList();
    if (this.rows.isEmpty()) {
      throw new IllegalArgumentException("no row has a name like " + rows);
    }
  }

  public static void main(String[] args) throws Exception {
    int words = 0;
    while (words < args.length && !args[words].startsWith("-")) {
      words++;
    }
    boolean quick = words > 0 && args[0].equals("quick");
    List<Pattern> rows =
        Arrays.stream(args, quick ? 1 : 0, words).map(word -> Pattern.compile(word)).toList();
    String[] rest = Arrays.copyOfRange(args, words, args.length);
    new Report(quick, rows, new CommandLineOptions(rest)).run();
  }

  private static boolean chosen(Row row, boolean quick, List<Pattern> rows) {
    String name = row.benchmark().getPackageName() + "." + row.key();
    return rows.isEmpty()
        ? !quick || !row.isExtra()
        : rows.stream().anyMatch(pattern -> pattern.matcher(name).find());
  }

  private void run() throws Exception {
    Path home = Path.of(Files.isDirectory(Path.of("benchmarks")) ? "benchmarks" : "");
    Path target = Files.createDirectories(home.toAbsolutePath().resolve("target"));
    Path json = target.resolve("report.json");
    Path page = target.resolve("report.html");
    Path logFile = target.resolve("report.log");
    System.out.println("What JMH and Go say in detail goes to " + logFile);
    Map<String, String> about = About.of(options, rounds);
    List<Reading> readings = new ArrayList<>();
    try (PrintStream log =
        new PrintStream(Files.newOutputStream(logFile), true, StandardCharsets.UTF_8)) {
      JmhRuns jmh = new JmhRuns(options, quick, log);
      GoRuns go = compileGo(home.resolve("go"), target, log);
      about.put("go", go == null ? "not run" : go.version());
      for (int round = 1; round <= rounds; round++) {
        for (Row row : rows) {
          System.out.println("round " + round + " of " + rounds + ": " + row.title());
          readings.addAll(jmh.run(row, round));
          if (go != null) {
            readings.addAll(go.run(row, round));
          }
        }
      }
    } finally {
      // What was read before a row failed is worth keeping.
      Run run = new Run(about, readings);
      JsonFile.write(json, run);
      Files.writeString(page, HtmlPage.of(run));
      print(about, readings);
      System.out.println("All readings are in " + json + ", and as a page in " + page);
    }
  }

  private static void print(Map<String, String> about, List<Reading> readings) {
    System.out.println();
    about.forEach((name, value) -> System.out.println(name + ": " + value));
    System.out.println();
    System.out.print(Table.of(readings));
    System.out.println();
    System.out.print(RivalTable.of(readings));
    System.out.println();
  }

  /// Null when there is no Go.
  private GoRuns compileGo(Path sources, Path target, PrintStream log) throws InterruptedException {
    long milliseconds =
        options.getMeasurementIterations().get()
            * options.getMeasurementTime().get().convertTo(TimeUnit.MILLISECONDS);
    try {
      return GoRuns.compile(sources, target, milliseconds, log);
    } catch (IOException e) {
      System.out.println("Go is not run: " + e.getMessage());
      return null;
    }
  }
}
