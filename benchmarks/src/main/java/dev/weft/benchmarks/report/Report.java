package dev.weft.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
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
    this.rows = Arrays.stream(Row.values()).filter(row -> chosen(row, quick, rows)).toList();
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
    Path logFile = target.resolve("report.log");
    System.out.println("What JMH and Go say in detail goes to " + logFile);
    Map<String, String> about = about();
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
      JsonFile.write(json, about, readings);
      print(about, readings);
      System.out.println("All readings are in " + json);
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

  private Map<String, String> about() throws IOException {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("time", Instant.now().toString());
    about.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    about.put(
        "machine",
        Runtime.getRuntime().availableProcessors()
            + " processors, "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    about.putAll(rivals());
    about.put(
        "method",
        rounds
            + " rounds, in each one fork of "
            + options.getWarmupIterations().get()
            + " x "
            + options.getWarmupTime().get()
            + " warm-up and "
            + options.getMeasurementIterations().get()
            + " x "
            + options.getMeasurementTime().get()
            + " measurement; medians over the rounds");
    return about;
  }

  /// The versions of other libraries, which the build writes down.
  private static Map<String, String> rivals() throws IOException {
    Properties versions = new Properties();
    try (InputStream file = Report.class.getResourceAsStream("rivals.properties")) {
      versions.load(file);
    }
    Map<String, String> rivals = new TreeMap<>();
    versions.stringPropertyNames().forEach(name -> rivals.put(name, versions.getProperty(name)));
    return rivals;
  }
}
