package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gate")
class RulesPageTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Stress|Contract))`");

  @Test
  @DisplayName("Each test that docs/rules.md names is there")
  void namesTests() throws IOException {
    String page = Files.readString(ProjectFiles.root().resolve("docs/rules.md"));
    Set<String> named =
        TEST.matcher(page)
            .results()
            .map((MatchResult found) -> found.group(1) + ".java")
            .collect(Collectors.toCollection(TreeSet::new));
    assertFalse(named.isEmpty(), "docs/rules.md names no test");
    for (Path file : ProjectFiles.sources()) {
      named.remove(String.valueOf(file.getFileName()));
    }
    assertEquals(Set.of(), named, "docs/rules.md names tests that are not there");
  }
}
