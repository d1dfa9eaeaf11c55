package dev.weft.consumer;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs to their end, without options that come from outside.
final class Command {
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final int STOPPED = Integer.MIN_VALUE;

  private static final List<String> VARIABLES_WITH_OPTIONS =
      List.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "CLASSPATH",
          "MAVEN_OPTS",
          "MAVEN_ARGS");

  private Command() {}

  /// How a program ended.
  ///
  /// @param command what was run
  /// @param exitValue its exit value
  /// @param out what it wrote to its standard output
  /// @param err what it wrote to its standard error
  record Outcome(List<String> command, int exitValue, String out, String err) {

    /// Fails unless it exited with 0.
    Outcome assertSucceeded() {
      if (exitValue != 0) {
        throw new AssertionError("failed: " + this);
      }
      return this;
    }

    /// Fails unless it exited with 0, wrote these lines to its standard output and nothing to the
    /// other.
    void assertPrinted(List<String> lines) {
      if (exitValue != 0 || !out.lines().toList().equals(lines) || !err.isEmpty()) {
        throw new AssertionError("expected only " + lines + ", but " + this);
      }
    }

    @Override
    public String toString() {
      return String.join(" ", command)
          + "\nended with exit value "
          + exitValue
          + "\nits output:\n"
          + out
          + "\nits errors:\n"
          + err;
    }
  }

  /// Runs one.
  ///
  /// @param folder its working directory
  /// @param environment variables that it gets besides those of this JVM
  /// @throws AssertionError if it does not end in time
  static Outcome run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("weft-consumer", ".out");
    Path err = Files.createTempFile("weft-consumer", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(Redirect.to(out.toFile()))
              .redirectError(Redirect.to(err.toFile()));
      VARIABLES_WITH_OPTIONS.forEach(builder.environment()::remove);
      builder.environment().putAll(environment);
      int exitValue = await(builder.start());
      Outcome outcome =
          new Outcome(command, exitValue, Files.readString(out), Files.readString(err));
      if (exitValue == STOPPED) {
        throw new AssertionError("stopped after " + LIMIT + ": " + outcome);
      }
      return outcome;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static int await(Process process) throws IOException, InterruptedException {
    boolean ended = false;
    try {
      process.getOutputStream().close();
      ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      return ended ? process.exitValue() : STOPPED;
    } finally {
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    }
  }
}
