package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.MarkedBlocks;
import dev.weft.testkit.MarkedBlocks.Block;
import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the programs of the guide. Each checks what its chapter says, and fails if it does not
/// hold; what it prints is in the chapter, below `<!-- output File.java -->`, where `#` stands for
/// a number that is another one each time.
class GuideTest {
  private static final Path GUIDE = ProjectFiles.root().resolve("docs/guide");
  private static final Path PROGRAMS =
      ProjectFiles.root().resolve("core/src/examples/java/dev/weft/examples/guide");

  static List<String> programs() throws IOException {
    return programs(source -> !needsGpm(source));
  }

  static List<String> gpmPrograms() throws IOException {
    return programs(GuideTest::needsGpm);
  }

  private static boolean needsGpm(String source) {
    return source.contains("Backend.GPM");
  }

  private static List<String> programs(Predicate<String> which) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(PROGRAMS)) {
      for (Path file : files.sorted().toList()) {
        String source = Files.readString(file);
        if (source.contains("static void main(") && which.test(source)) {
          names.add(file.getFileName().toString().replace(".java", ""));
        }
      }
    }
    assertFalse(names.isEmpty(), "no program in " + PROGRAMS);
    return names;
  }

  @ParameterizedTest
  @MethodSource("programs")
  @Tag("fork")
  @DisplayName("The program of a chapter finds that all holds, and prints what the chapter shows")
  void program(String name) throws Exception {
    runs(name);
  }

  @ParameterizedTest
  @MethodSource("gpmPrograms")
  @Tag("fork")
  @Tag("gpm")
  @DisplayName("So do those that look into the gpm backend")
  void gpmProgram(String name) throws Exception {
    runs(name);
  }

  private static void runs(String name) throws Exception {
    List<String> expected = shownBy(name + ".java");
    List<String> lines = ExampleProgram.run(Class.forName("dev.weft.examples.guide." + name));
    String output = String.join("\n", lines);
    assertEquals(expected.size(), lines.size(), output);
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(pattern(expected.get(i)).matcher(lines.get(i)).matches(), lines.get(i));
    }
  }

  /// A line as a pattern.
  private static Pattern pattern(String line) {
    return Pattern.compile(
        Stream.of(line.split("#", -1)).map(Pattern::quote).collect(Collectors.joining("[\\d,.]+")));
  }

  /// What a page of the guide says that a program prints.
  private static List<String> shownBy(String program) throws IOException {
    try (Stream<Path> pages = Files.list(GUIDE)) {
      List<Block> blocks = new ArrayList<>();
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        blocks.addAll(MarkedBlocks.of(Files.readAllLines(page)));
      }
      List<Block> outputs =
          blocks.stream().filter(block -> block.mark().equals("output " + program)).toList();
      assertEquals(1, outputs.size(), "chapters with <!-- output " + program + " -->");
      return outputs.getFirst().lines();
    }
  }
}
