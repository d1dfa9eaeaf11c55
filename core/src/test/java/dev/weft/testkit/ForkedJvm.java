package dev.weft.testkit;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a JVM like this one to its end, with exactly the arguments that are given.
public final class ForkedJvm {
  private static final long LIMIT_SECONDS = 90;

  private static final List<String> VARIABLES_WITH_OPTIONS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

  private ForkedJvm() {}

  /// How a JVM ended.
  ///
  /// @param exitValue its exit value
  /// @param out what it wrote to its standard output
  /// @param err what it wrote to its standard error
  public record Outcome(int exitValue, String out, String err) {

    /// Fails unless it exited with 0, wrote this to its standard output and nothing to the other.
    public void assertPrinted(String expected) {
      if (exitValue != 0 || !out.strip().equals(expected) || !err.isEmpty()) {
        throw new AssertionError("expected only \"" + expected + "\", but " + this);
      }
    }

    /// Fails unless it failed, and this is part of what it wrote to its standard error.
    public void assertFailedWith(String expected) {
      if (exitValue == 0 || !err.contains(expected)) {
        throw new AssertionError("expected a failure with \"" + expected + "\", but " + this);
      }
    }
  }

  /// Starts `java` with the arguments and waits for its end.
  ///
  /// @throws AssertionError if it does not end
  public static Outcome run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.java());
    command.addAll(arguments);
    Path out = Files.createTempFile("weft-fork", ".out");
    Path err = Files.createTempFile("weft-fork", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.to(out.toFile()))
              .redirectError(Redirect.to(err.toFile()));
      VARIABLES_WITH_OPTIONS.forEach(builder.environment()::remove);
      Process process = builder.start();
      boolean ended = false;
      try {
        process.getOutputStream().close();
        ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      } finally {
        if (!ended) {
          process.destroyForcibly();
        }
      }
      int exitValue = ended ? process.exitValue() : -1;
      Outcome outcome = new Outcome(exitValue, Files.readString(out), Files.readString(err));
      if (!ended) {
        throw new AssertionError(command + " did not end in " + LIMIT_SECONDS + " s: " + outcome);
      }
      return outcome;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
