package dev.weft.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM of its own for a test that needs flags, a heap, or a start of its own, with the same class
/// path and backend as this one.
///
/// The child runs a `main`, which reports by exit code, and by lines on its standard output if the
/// test talks with it. It is killed on close.
@SuppressWarnings("JdkObsolete") // a StringBuffer, since two threads append to it
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;
  private final StringBuffer seen = new StringBuffer();

  private ChildJvm(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /// Starts one.
  ///
  /// @param main the class to run
  /// @param flags for the JVM, such as the size of the heap
  /// @param arguments for the program
  public static ChildJvm start(Class<?> main, List<String> flags, String... arguments)
      throws IOException {
    List<String> command = JavaCommand.onBackend();
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /// Its process id.
  public long pid() {
    return process.pid();
  }

  /// Waits until it has printed a line that is exactly this.
  public void awaitLine(String expected) throws IOException {
    String line;
    while ((line = lines.readLine()) != null) {
      seen.append(line).append('\n');
      if (line.equals(expected)) {
        return;
      }
    }
    throw new AssertionError("the child ended without \"" + expected + "\":\n" + seen);
  }

  /// Sends it a line on its standard input.
  public void send(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /// Waits for its end and fails unless it exits with 0.
  public void awaitSuccess(long seconds) throws IOException, InterruptedException {
    Thread drain =
        Thread.ofPlatform()
            .daemon()
            .start(() -> lines.lines().forEach(line -> seen.append(line).append('\n')));
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("the child has not ended after " + seconds + " s:\n" + seen);
    }
    drain.join();
    if (process.exitValue() != 0) {
      throw new AssertionError("the child ended with " + process.exitValue() + ":\n" + seen);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
