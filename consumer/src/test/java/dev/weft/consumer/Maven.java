package dev.weft.consumer;

import dev.weft.consumer.Command.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Runs the Maven that runs this build once more. It gets nothing from the network: what it needs,
/// this build has fetched.
final class Maven {
  private Maven() {}

  /// Runs it to its end.
  ///
  /// @param folder the folder of the project
  /// @param jdk what Maven runs on
  /// @throws AssertionError if the build fails
  static Outcome run(Path folder, Path jdk, List<String> arguments)
      throws IOException, InterruptedException {
    return run(folder, jdk, Map.of(), arguments);
  }

  /// Runs it to its end.
  ///
  /// @param folder the folder of the project
  /// @param jdk what Maven runs on
  /// @param variables more for its environment
  /// @throws AssertionError if the build fails
  static Outcome run(Path folder, Path jdk, Map<String, String> variables, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Build.outerMaven().resolve("bin").resolve("mvn").toString());
    command.addAll(List.of("--batch-mode", "--no-transfer-progress", "--offline"));
    command.addAll(arguments);
    // A mavenrc of the user could choose another JDK.
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("MAVEN_SKIP_RC", "true");
    return Command.run(folder, environment, command).assertSucceeded();
  }
}
