package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.MarkedBlocks;
import dev.weft.testkit.MarkedBlocks.Block;
import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The guide shows code that the build compiles. Each Java block has a comment above it that says
/// where it is from: `<!-- snippet File.java#name -->`, below the package
/// `dev.weft.examples.guide`.
@Tag("gate")
class GuideSnippetsTest {
  private static final Path GUIDE = ProjectFiles.root().resolve("docs/guide");
  private static final Path PROGRAMS =
      ProjectFiles.root().resolve("core/src/examples/java/dev/weft/examples/guide");
  private static final Pattern SNIPPET = Pattern.compile("snippet (\\S+\\.java)#(\\S+)");
  private static final Pattern OUTPUT = Pattern.compile("output (\\w+\\.java)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Set<String> NO_PROGRAMS = Set.of("Claim.java", "package-info.java");
  private static final List<String> ENDING =
      List.of("## Where Weft differs", "## Often said, and not so", "## Go, Weft, the JDK");
  private static final String COMMAND =
      "mvn -pl core test -Dtest=GuideSnippetsTest -Dsnippets=write";

  @Test
  @DisplayName("Each Java block of the guide is what its program says")
  void blocks() throws IOException {
    int found = 0;
    for (Path page : pages()) {
      List<String> lines = Files.readAllLines(page);
      List<String> right = withSnippets(page, lines);
      if ("write".equals(System.getProperty("weft.snippets"))) {
        Files.write(page, right);
        lines = right;
      }
      assertEquals(text(right), text(lines), page + " shows old code; run: " + COMMAND);
      found += MarkedBlocks.of(lines).size();
    }
    assertTrue(found > 0, "no block in " + GUIDE);
  }

  @Test
  @DisplayName("Each marked part of a program is shown")
  void shown() throws IOException {
    Set<String> marked = new TreeSet<>();
    for (Path program : list(PROGRAMS, ".java")) {
      Snippets.of(program)
          .keySet()
          .forEach(name -> marked.add("snippet " + program.getFileName() + "#" + name));
    }
    assertFalse(marked.isEmpty(), "no snippet in " + PROGRAMS);
    for (Path page : pages()) {
      MarkedBlocks.of(Files.readAllLines(page)).forEach(block -> marked.remove(block.mark()));
    }
    assertEquals(Set.of(), marked, "no page shows these");
  }

  @Test
  @DisplayName(
      "Each chapter has a program of its own and shows what that prints, and each program has a chapter")
  void programs() throws IOException {
    List<String> shown = new ArrayList<>();
    for (Path page : chapters()) {
      List<String> here = new ArrayList<>();
      for (Block block : MarkedBlocks.of(Files.readAllLines(page))) {
        var output = OUTPUT.matcher(block.mark());
        if (output.matches()) {
          here.add(output.group(1));
        }
        assertEquals(
            block.language().equals("text"),
            output.matches(),
            page + ", line " + block.from() + ": a block of text is what a program prints");
      }
      assertEquals(1, here.size(), page + " shows the output of " + here);
      assertTrue(
          Files.readString(page).contains("`" + here.getFirst() + "`"), page + " does not name it");
      shown.addAll(here);
    }
    List<String> programs = new ArrayList<>();
    for (Path program : list(PROGRAMS, ".java")) {
      String name = program.getFileName().toString();
      if (!NO_PROGRAMS.contains(name)) {
        // GuideTest takes this line as the sign of a program.
        assertTrue(
            Files.readString(program).contains("static void main("), name + " is no program");
        programs.add(name);
      }
    }
    shown.sort(null);
    assertEquals(programs, shown);
  }

  @Test
  @DisplayName("The index names each chapter")
  void index() throws IOException {
    Set<Path> missing = new TreeSet<>(chapters());
    missing.removeAll(linked(GUIDE.resolve("index.md")));
    assertEquals(Set.of(), missing, "docs/guide/index.md does not name these chapters");
  }

  @Test
  @DisplayName("Each chapter ends with what is different, what is not so, and the table")
  void ending() throws IOException {
    for (Path page : chapters()) {
      List<String> headings =
          Files.readAllLines(page).stream().filter(line -> line.startsWith("## ")).toList();
      int from = Math.max(0, headings.size() - ENDING.size());
      assertEquals(ENDING, headings.subList(from, headings.size()), page.toString());
    }
  }

  @Test
  @DisplayName("A block without a mark, and one whose mark names nothing, are found")
  void unmarked() throws IOException {
    Path page = GUIDE.resolve("page.md");
    assertThrows(AssertionError.class, () -> withSnippets(page, List.of("```java", "f();", "```")));
    String nowhere = "<!-- snippet Nowhere.java#name -->";
    assertThrows(
        AssertionError.class, () -> withSnippets(page, List.of(nowhere, "```java", "```")));
    assertEquals(
        List.of("```go", "f()", "```"),
        withSnippets(page, List.of("```go", "f()", "```")),
        "other languages need none");
  }

  @Test
  @DisplayName("A part of a program is moved to the left; one without an end is refused")
  void parts(@TempDir Path folder) throws IOException {
    Path source = folder.resolve("Source.java");
    Files.writeString(source, "  // snippet: a\n  if (x) {\n\n    f();\n  }\n\n  // end\n  g();\n");
    assertEquals(Map.of("a", List.of("if (x) {", "", "  f();", "}")), Snippets.of(source));
    Files.writeString(source, "// snippet: a\n");
    assertThrows(IllegalArgumentException.class, () -> Snippets.of(source));
    Files.writeString(source, "// snippet: a\n// end\n// snippet: a\n// end\n");
    assertThrows(IllegalArgumentException.class, () -> Snippets.of(source));
    Files.writeString(source, "// snippet: a\n// snippet: b\n// end\n");
    assertThrows(IllegalArgumentException.class, () -> Snippets.of(source));
  }

  /// The page as it should be.
  private static List<String> withSnippets(Path page, List<String> lines) throws IOException {
    List<String> right = new ArrayList<>();
    int copied = 0;
    for (Block block : MarkedBlocks.of(lines)) {
      if (block.language().equals("java")) {
        right.addAll(lines.subList(copied, block.from()));
        right.addAll(snippet(page, block));
        copied = block.from() + block.lines().size();
      }
    }
    right.addAll(lines.subList(copied, lines.size()));
    return right;
  }

  private static List<String> snippet(Path page, Block block) throws IOException {
    String where = page.getFileName() + ", line " + block.from() + ": ";
    var mark = SNIPPET.matcher(block.mark());
    assertTrue(mark.matches(), where + "no <!-- snippet File.java#name --> above a Java block");
    Path source = PROGRAMS.resolve(mark.group(1)).normalize();
    assertTrue(Files.exists(source), where + "there is no " + source);
    List<String> lines = Snippets.of(source).getOrDefault(mark.group(2), List.of());
    assertFalse(lines.isEmpty(), where + source + " has no snippet " + mark.group(2));
    return lines;
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines);
  }

  private static Set<Path> linked(Path page) throws IOException {
    return LINK.matcher(Files.readString(page))
        .results()
        .map(link -> GUIDE.resolve(link.group(1)).normalize())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> chapters() throws IOException {
    return pages().stream().filter(page -> !page.endsWith("index.md")).toList();
  }

  private static List<Path> pages() throws IOException {
    return list(GUIDE, ".md");
  }

  private static List<Path> list(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
