package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gate")
class TestNamesInDocsTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Stress|Contract))`");

  @Test
  @DisplayName("Each test that a page of docs names is there")
  void namesTests() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> pages = Files.walk(ProjectFiles.root().resolve("docs"))) {
      for (Path page : pages.filter(Files::isRegularFile).toList()) {
        TEST.matcher(Files.readString(page))
            .results()
            .forEach(found -> named.add(found.group(1) + ".java"));
      }
    }
    assertFalse(named.isEmpty(), "docs names no test");
    for (Path file : ProjectFiles.sources()) {
      named.remove(String.valueOf(file.getFileName()));
    }
    assertEquals(Set.of(), named, "docs names tests that are not there");
  }
}
