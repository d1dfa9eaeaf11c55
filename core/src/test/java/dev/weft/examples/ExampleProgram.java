package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.JavaCommand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs an example, as the build has compiled it, in a JVM of its own.
final class ExampleProgram {

  private ExampleProgram() {}

  /// What it prints, line by line; it must succeed.
  static List<String> run(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of(arguments));
    program.addFirst(main.getName());
    List<String> command = JavaCommand.of(List.of(main), program.toArray(String[]::new));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = process.inputReader().readAllAsString();
      assertEquals(0, JavaCommand.exitCode(process), output);
      return output.lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }
}
