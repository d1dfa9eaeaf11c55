package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Provides;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gate")
class ServicesTest {
  @Test
  @DisplayName("META-INF/services says the same as the provides of module-info.java")
  void sameOnBothPaths() throws IOException {
    Map<String, List<String>> inModule =
        ProjectFiles.module().provides().stream()
            .collect(Collectors.toMap(Provides::service, Provides::providers));
    assertEquals(new TreeMap<>(inModule), serviceFiles());
  }

  @Test
  @DisplayName("Every provider can be loaded and is of the type that it provides")
  void providers() throws Exception {
    for (Provides provided : ProjectFiles.module().provides()) {
      Class<?> service = Class.forName(provided.service());
      for (String provider : provided.providers()) {
        assertEquals(Class.forName(provider), Class.forName(provider).asSubclass(service));
      }
    }
  }

  private static Map<String, List<String>> serviceFiles() throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    Path folder = ProjectFiles.classes().resolve("META-INF/services");
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          List<String> lines = Files.readAllLines(file);
          lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
          found.put(file.getFileName().toString(), lines);
        }
      }
    }
    return found;
  }
}
