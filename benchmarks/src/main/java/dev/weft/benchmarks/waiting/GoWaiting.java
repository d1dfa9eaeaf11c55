package dev.weft.benchmarks.waiting;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// The same in Go: `benchmarks/go/waiting`, which prints a line `nanoseconds count` for each
/// waiting time, rounded to three digits.
final class GoWaiting {

  private GoWaiting() {}

  /// Compiles the program.
  ///
  /// @return false if there is no Go
  static boolean compile(Path sources, Path binary) throws IOException, InterruptedException {
    if (!isGoOnPath()) {
      return false;
    }
    output(sources, "go", "build", "-o", binary.toString(), "./waiting");
    return true;
  }

  private static boolean isGoOnPath() {
    String path = System.getenv("PATH");
    return path != null
        && List.of(path.split(File.pathSeparator)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
  }

  static Histogram run(Path binary, Scenario scenario, String warmUp, String measured)
      throws IOException, InterruptedException {
    String name = scenario.name().toLowerCase(Locale.ROOT);
    Histogram waits = new Histogram(TimeUnit.MINUTES.toNanos(10), 3);
    for (String line : output(binary.getParent(), binary.toString(), name, warmUp, measured)) {
      int space = line.indexOf(' ');
      waits.recordValueWithCount(
          Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
    }
    return waits;
  }

  private static List<String> output(Path directory, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + String.join("\n", lines));
    }
    return lines;
  }
}
