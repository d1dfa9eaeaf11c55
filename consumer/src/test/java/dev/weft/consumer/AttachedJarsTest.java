package dev.weft.consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachedJarsTest {
  @ParameterizedTest
  @CsvSource({"'', LICENSE", "'', NOTICE", "-sources, LICENSE", "-sources, NOTICE"})
  @DisplayName("The library and its sources carry the licence and the notice of the project")
  void licence(String classifier, String name) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(Build.root().resolve(name)),
        Jar.ofCore(classifier).bytes("META-INF/" + name));
  }

  @Test
  @DisplayName("The sources jar has the sources of core, those that were made too, and no others")
  void sources() throws IOException {
    Path core = Build.root().resolve("core");
    Set<String> expected = new TreeSet<>(Folders.files(core.resolve("src/main/java")));
    expected.addAll(Folders.files(core.resolve("target/generated-sources/slices")));
    Set<String> found = Jar.ofCore("-sources").entries();
    found.removeIf(name -> name.startsWith("META-INF/"));
    Differences.assertNone("files", expected, found);
  }

  @Test
  @DisplayName("The Javadoc jar has a page for each exported package, and none for internal ones")
  void javadoc() throws IOException {
    Jar javadoc = Jar.ofCore("-javadoc");
    Set<String> documented =
        javadoc.entriesWithout("/package-summary.html").stream()
            .map(folder -> folder.replaceFirst("^dev\\.weft/", "").replace('/', '.'))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Jar.ofCore("").exportedPackages(), documented);
    assertTrue(javadoc.entries().contains("index.html"), "no index.html");
  }
}
