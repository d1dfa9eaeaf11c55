package dev.weft.benchmarks.plot;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// Programs that measure times in a process of their own, and print histograms for their parent.
///
/// Go's print a line `nanoseconds count` for each time, rounded to three digits.
public final class Children {

  /// What precedes a histogram on a line of a Java program; then come its name and its bytes.
  private static final String MARK = "histogram";

  private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  private Children() {}

  /// An empty histogram of nanoseconds.
  public static Histogram histogram() {
    return new Histogram(LONGEST, DIGITS);
  }

  /// By a child: shows its parent what it has measured.
  public static void print(String name, Histogram nanos) {
    ByteBuffer bytes = ByteBuffer.allocate(nanos.getNeededByteBufferCapacity());
    int length = nanos.encodeIntoCompressedByteBuffer(bytes);
    byte[] exact = Arrays.copyOf(bytes.array(), length);
    System.out.println(MARK + " " + name + " " + Base64.getEncoder().encodeToString(exact));
  }

  /// Runs a Java program on the class path of this one.
  ///
  /// @param flags for its JVM
  /// @return its histograms by name
  public static Map<String, Histogram> java(Class<?> main, List<String> flags, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Map<String, Histogram> histograms = new HashMap<>();
    List<String> lines = output(Path.of("."), command);
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[0].equals(MARK)) {
        histograms.put(words[1], decoded(words[2]));
      }
    }
    if (histograms.isEmpty()) {
      throw new IOException(command + " printed no histogram: " + String.join("\n", lines));
    }
    return histograms;
  }

  private static Histogram decoded(String text) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(text);
    try {
      return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
    } catch (DataFormatException e) {
      throw new IOException("not a histogram: " + text, e);
    }
  }

  /// Where the benchmarks are, from the project's root or their own folder.
  public static Path home() {
    return Path.of(Files.isDirectory(Path.of("benchmarks")) ? "benchmarks" : "");
  }

  /// Where plots go: the folder that the arguments name, made if it is not there; else `target`.
  public static Path folder(String... args) throws IOException {
    return Files.createDirectories(
        args.length > 0 ? Path.of(args[0]) : home().toAbsolutePath().resolve("target"));
  }

  /// What measures with a Go program, if there is Go.
  @FunctionalInterface
  public interface WithGo {

    /// Measures.
    ///
    /// @param binary the Go program; nothing if there is no Go
    void run(Optional<Path> binary) throws IOException, InterruptedException;
  }

  /// Compiles a Go program, has something done with it, and deletes it.
  ///
  /// @param name its folder among the Go programs
  /// @param measuring what to do
  public static void withGo(String name, WithGo measuring)
      throws IOException, InterruptedException {
    if (!isGoOnPath()) {
      System.out.println("Go is not run: there is no go on the PATH");
      measuring.run(Optional.empty());
      return;
    }
    Path binaries = Files.createTempDirectory(name);
    Path binary = binaries.resolve(name + ".exe");
    try {
      output(home().resolve("go"), List.of("go", "build", "-o", binary.toString(), "./" + name));
      measuring.run(Optional.of(binary));
    } finally {
      Files.deleteIfExists(binary);
      Files.delete(binaries);
    }
  }

  private static boolean isGoOnPath() {
    String path = System.getenv("PATH");
    return path != null
        && Arrays.stream(path.split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
  }

  /// Runs a Go program.
  public static Histogram go(Path binary, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(List.of(arguments));
    Histogram nanos = histogram();
    for (String line : output(binary.getParent(), command)) {
      int space = line.indexOf(' ');
      nanos.recordValueWithCount(
          Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
    }
    return nanos;
  }

  private static List<String> output(Path directory, List<String> command)
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
