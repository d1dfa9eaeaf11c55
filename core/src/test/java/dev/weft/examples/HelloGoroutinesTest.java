package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.JavaCommand;
import dev.weft.testkit.ProjectFiles;
import dev.weft.testkit.TestMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloGoroutinesTest {

  private static final String SOURCE =
      "core/src/examples/java/dev/weft/examples/HelloGoroutines.java";
  private static final Pattern JAVA_BLOCK = Pattern.compile("(?ms)^```java\\R(.*?)^```$");

  @Test
  @Tag("gate")
  @DisplayName("The README shows the first program as it is in the examples, without its package")
  void readme() throws IOException {
    assertEquals(
        programWithoutPackage(),
        readmeProgram(),
        "copy " + SOURCE + " without the package line into the java block of README.md");
  }

  @Test
  @Tag("fork")
  @DisplayName("The first program, pasted into a file, is compiled and run by java")
  void pasted(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("HelloGoroutines.java");
    Files.writeString(file, programWithoutPackage());
    String output = run(JavaCommand.of(List.of(), file.toString()));
    assertEquals("1 + 2 + ... + 100000 = 5000050000 on " + scheduler(), output.strip());
  }

  @Test
  @Tag("fork")
  @DisplayName("The first program, compiled by the build, runs")
  void compiled() throws Exception {
    String output =
        run(JavaCommand.of(List.of(HelloGoroutines.class), HelloGoroutines.class.getName()));
    assertEquals("1 + 2 + ... + 100000 = 5000050000 on " + scheduler(), output.strip());
  }

  private static String scheduler() {
    return "Scheduler[weft, "
        + TestMode.current().backend()
        + ", procs="
        + Runtime.getRuntime().availableProcessors()
        + ", goroutines=0]";
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = program.inputReader().readAllAsString();
      assertEquals(0, JavaCommand.exitCode(program), output);
      return output;
    } finally {
      program.destroyForcibly();
    }
  }

  private static String programWithoutPackage() throws IOException {
    String source = Files.readString(ProjectFiles.root().resolve(SOURCE));
    String packageLine = "package dev.weft.examples;\n\n";
    assertTrue(source.startsWith(packageLine), SOURCE);
    return source.substring(packageLine.length());
  }

  private static String readmeProgram() throws IOException {
    Matcher blocks = JAVA_BLOCK.matcher(Files.readString(ProjectFiles.root().resolve("README.md")));
    return blocks
        .results()
        .map(block -> block.group(1))
        .filter(code -> code.contains("class HelloGoroutines"))
        .findFirst()
        .orElse("README.md has no java block with the class HelloGoroutines");
  }
}
