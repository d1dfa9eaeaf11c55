package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gate")
class FileSizeTest {
  private static final int MOST_LINES = 600;
  private static final int SHOWN = 5;

  private record Size(Path file, long lines) {
    @Override
    public String toString() {
      return lines + " " + file;
    }
  }

  @Test
  @DisplayName("No Java file of any module has more than 600 lines")
  void size() throws IOException {
    List<Size> sizes = new ArrayList<>();
    for (Path file : ProjectFiles.sources()) {
      try (Stream<String> lines = Files.lines(ProjectFiles.root().resolve(file))) {
        sizes.add(new Size(file, lines.count()));
      }
    }
    assertFalse(sizes.isEmpty(), "no source file found below " + ProjectFiles.root());
    sizes.sort(Comparator.comparingLong(Size::lines).reversed());
    System.out.println("largest files: " + sizes.subList(0, Math.min(SHOWN, sizes.size())));
    List<Size> tooLong = sizes.stream().filter(size -> size.lines > MOST_LINES).toList();
    assertEquals(List.of(), tooLong, "split these files by responsibility");
  }
}
