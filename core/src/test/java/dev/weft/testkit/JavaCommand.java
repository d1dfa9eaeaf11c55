package dev.weft.testkit;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command that starts a program in a JVM of its own, on the backend under test.
public final class JavaCommand {

  private JavaCommand() {}

  /// The command for a program that needs nothing but Weft and what is given here.
  ///
  /// @param more classes whose directories or jars are on the class path, besides Weft's
  /// @param program options of the JVM, then the main class or source file, then its arguments
  public static List<String> of(List<Class<?>> more, String... program) {
    List<String> path = new ArrayList<>();
    path.add(ProjectFiles.classes().toString());
    more.forEach(type -> path.add(origin(type)));
    List<String> command = onBackend();
    command.add("-cp");
    command.add(String.join(File.pathSeparator, path));
    command.addAll(List.of(program));
    return command;
  }

  /// The `java` of this JVM, with the flag that the backend under test needs.
  ///
  /// @return a list to add to
  static List<String> onBackend() {
    List<String> command = new ArrayList<>();
    command.add(java());
    if (TestMode.current().isGpm()) {
      command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    }
    return command;
  }

  /// The `java` of this JVM.
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// Waits for the end of a process.
  ///
  /// @return its exit code
  /// @throws IOException if it has not ended after a long time; it is then killed
  public static int exitCode(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("process " + process.pid() + " did not end within 90 s");
    }
    return process.exitValue();
  }

  private static String origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path: " + type, e);
    }
  }
}
