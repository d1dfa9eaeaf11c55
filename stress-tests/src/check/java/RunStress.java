import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.StateCase;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;
import org.openjdk.jcstress.infra.runners.TestList;

/// Runs jcstress and checks what its exit code does not tell: that every chosen test ran, in all
/// configurations, with samples, and except in a short run that broken twins show what they are
/// there for. jcstress itself silently leaves out tests with more actors than processors, and exits
/// with 0 if no test matched.
///
/// Usage: `java -cp jcstress.jar RunStress.java JAR FOLDER short|full|long|off TESTS [OPTIONS]`.
public final class RunStress {
  private static final String OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private final Path folder;
  private final String mode;
  private final List<String> chosen;
  private final List<String> problems = new ArrayList<>();

  private RunStress(Path folder, String mode, String tests) {
    this.folder = folder;
    this.mode = mode;
    Pattern pattern = Pattern.compile(tests);
    this.chosen =
        TestList.tests().stream().filter(t -> pattern.matcher(t).find()).sorted().toList();
  }

  public static void main(String[] args) throws Exception {
    String mode = args[2];
    if (mode.equals("off")) {
      System.out.println("stress: off");
      return;
    }
    if (!Set.of("short", "full", "long").contains(mode)) {
      fail("stress: unknown mode '" + mode + "', use short, full, long or off");
    }
    RunStress run = new RunStress(Path.of(args[1]), mode, args[3]);
    if (run.chosen.isEmpty()) {
      fail("stress: no test matches '" + args[3] + "'; there are:\n  " + names(TestList.tests()));
    }
    String options = args.length > 4 ? args[4].strip() : "";
    int exit =
        run.jcstress(args[0], args[3], options.isEmpty() ? new String[0] : options.split(" +"));
    if (exit != 0) {
      run.problems.add("jcstress exited with " + exit + ", see its output above");
    }
    run.check(run.results());
    if (!run.problems.isEmpty()) {
      fail("stress: failed\n  " + String.join("\n  ", run.problems));
    }
  }

  private int jcstress(String jar, String tests, String[] options) throws Exception {
    Files.createDirectories(folder);
    for (Path old : resultFiles()) {
      Files.delete(old);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-jar", jar));
    command.addAll(List.of("-t", tests, "-r", "report"));
    switch (mode) {
      // One JVM configuration and one placement of threads, so that each test costs a second.
      case "short" -> {
        command.addAll(List.of("-m", "quick", "-time", "100", "-iters", "3"));
        command.addAll(List.of("-sc", "false", "-jvmArgs", OPENS));
      }
      case "full" -> command.addAll(List.of("-m", "quick", "-jvmArgsPrepend", OPENS));
      default -> command.addAll(List.of("-m", "default", "-jvmArgsPrepend", OPENS));
    }
    command.addAll(List.of(options));
    return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
  }

  private Collection<TestResult> results() throws Exception {
    List<Path> files = resultFiles();
    if (files.size() != 1) {
      problems.add("jcstress left " + files.size() + " result files in " + folder);
      return List.of();
    }
    InProcessCollector results = new InProcessCollector();
    DiskReadCollector reader = new DiskReadCollector(files.getFirst().toString(), results);
    reader.dump();
    reader.close();
    return ReportUtils.mergedByConfig(results.getTestResults());
  }

  private void check(Collection<TestResult> results) {
    TreeMap<String, List<TestResult>> byName =
        results.stream()
            .collect(Collectors.groupingBy(TestResult::getName, TreeMap::new, Collectors.toList()));
    // Tests with the same number of actors run in the same configurations.
    for (String name : chosen) {
      TestInfo test = TestList.getInfo(name);
      List<TestResult> mine = byName.getOrDefault(name, List.of());
      int expected =
          byName.entrySet().stream()
              .filter(other -> TestList.getInfo(other.getKey()).threads() == test.threads())
              .mapToInt(other -> other.getValue().size())
              .max()
              .orElse(1);
      if (mine.isEmpty()) {
        problems.add(
            name + " did not run: it has " + test.threads() + " actors, are there that many CPUs?");
      } else if (mine.size() < expected) {
        problems.add(name + " ran in " + mine.size() + " of " + expected + " configurations");
      }
      mine.forEach(this::checkResult);
      checkTwin(test, mine);
    }
    System.out.printf(
        "stress: %d of %d tests ran, in %d configurations, with %,d samples%n",
        byName.size(),
        chosen.size(),
        results.size(),
        results.stream().mapToLong(TestResult::getTotalCount).sum());
  }

  private void checkResult(TestResult result) {
    if (result.status() != Status.NORMAL) {
      problems.add(
          result.getName() + " ended with " + result.status() + " in " + result.getConfig());
    } else if (result.getTotalCount() == 0) {
      problems.add(result.getName() + " has no sample in " + result.getConfig());
    } else if (!result.grading().isPassed) {
      problems.add(result.getName() + " failed: " + result.grading().failureMessages);
    }
  }

  private void checkTwin(TestInfo test, List<TestResult> results) {
    if (!test.name().contains("Broken")) {
      return;
    }
    List<StateCase> interesting =
        test.cases().stream().filter(c -> c.expect() == Expect.ACCEPTABLE_INTERESTING).toList();
    if (interesting.isEmpty()) {
      problems.add(
          test.name() + " has no ACCEPTABLE_INTERESTING outcome that shows what is broken");
    }
    long total = results.stream().mapToLong(TestResult::getTotalCount).sum();
    long seen =
        results.stream()
            .flatMap(
                r -> r.getStateKeys().stream().filter(k -> any(interesting, k)).map(r::getCount))
            .mapToLong(Long::longValue)
            .sum();
    System.out.printf("stress: %s: broken in %,d of %,d samples%n", test.name(), seen, total);
    if (!mode.equals("short") && seen == 0) {
      problems.add(test.name() + " never showed its interesting outcome: it proves nothing");
    }
  }

  private static boolean any(List<StateCase> cases, String state) {
    return cases.stream().anyMatch(c -> c.matches(state));
  }

  private List<Path> resultFiles() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "jcstress-results-*.bin.gz")) {
      files.forEach(found::add);
    }
    return found;
  }

  private static String names(Collection<String> tests) {
    return Stream.of(tests.toArray(String[]::new)).sorted().collect(Collectors.joining("\n  "));
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
