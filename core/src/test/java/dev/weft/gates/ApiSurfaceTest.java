package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Reviewers see every change of the API as a change of `api/core.txt`.
@Tag("gate")
class ApiSurfaceTest {
  private static final Path FILE = ProjectFiles.root().resolve("api").resolve("core.txt");
  private static final String COMMAND = "mvn -pl core test -Dtest=ApiSurfaceTest -Dapi=write";

  @Test
  @DisplayName("The public and protected signatures are those of api/core.txt")
  void surface() throws Exception {
    List<String> actual = ApiSurface.of(exportedClasses());
    assertFalse(actual.isEmpty(), "no exported class found in " + ProjectFiles.classes());
    if ("write".equals(System.getProperty("weft.api"))) {
      Files.write(FILE, actual);
    }
    List<String> written = Files.exists(FILE) ? Files.readAllLines(FILE) : List.of();
    List<String> added = new ArrayList<>(actual);
    written.forEach(added::remove);
    List<String> gone = new ArrayList<>(written);
    actual.forEach(gone::remove);
    assertEquals(
        written,
        actual,
        "the API changed; if that is meant, run: %s%n+ %s%n- %s%n"
            .formatted(COMMAND, String.join("\n+ ", added), String.join("\n- ", gone)));
  }

  private static List<Class<?>> exportedClasses() throws IOException, ClassNotFoundException {
    List<Class<?>> classes = new ArrayList<>();
    for (String name : ProjectFiles.exportedPackages()) {
      Path folder = ProjectFiles.classes().resolve(name.replace('.', '/'));
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
        for (Path file : files) {
          String simple = file.getFileName().toString().replace(".class", "");
          if (!simple.equals("package-info")) {
            ClassLoader loader = ApiSurfaceTest.class.getClassLoader();
            classes.add(Class.forName(name + "." + simple, false, loader));
          }
        }
      }
    }
    return classes;
  }
}
