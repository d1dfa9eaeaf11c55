package dev.weft.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packages `core` once more, from a copy in another folder, in another language and another time
/// zone, and compares.
class ReproducibleTest {
  private static final List<String> NEEDED =
      List.of(".mvn", "pom.xml", "LICENSE", "NOTICE", "tools", "core/pom.xml", "core/src/main");

  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "TZ", "Asia/Tokyo", "JAVA_TOOL_OPTIONS", "-Duser.language=de -Duser.timezone=Asia/Tokyo");

  private static Path again;

  @BeforeAll
  static void packageAgain() throws Exception {
    again = Folders.empty(Build.target().resolve("again"));
    for (String path : NEEDED) {
      Folders.copy(Build.root().resolve(path), again.resolve(path));
    }
    Maven.run(
        again.resolve("core"),
        Build.outerJdk(), // the manifest names it
        ELSEWHERE,
        List.of(
            "-Dmaven.repo.local=" + Build.outerRepository(),
            // Whatever is in there is taken, also if it came from a mirror that is not set here.
            "-Daether.enhancedLocalRepository.trackingFilename=none",
            "-DskipTests",
            "-Dmaven.test.skip",
            "package"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-sources", "-javadoc"})
  @DisplayName("Packaged again elsewhere, the jar has the same bytes")
  void sameBytes(String classifier) throws IOException {
    Path first = Build.coreJar(classifier);
    Path second = again.resolve("core/target").resolve(Build.coreJarName(classifier));
    Differences.assertNone("entries with checksums", entries(first), entries(second));
    assertEquals(-1, Files.mismatch(first, second), "the first byte that differs");
  }

  /// The entries, with checksums of their content and the times they carry.
  private static List<String> entries(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(entry -> entry.getName() + " " + entry.getCrc() + " " + entry.getTimeLocal())
          .toList();
    }
  }
}
