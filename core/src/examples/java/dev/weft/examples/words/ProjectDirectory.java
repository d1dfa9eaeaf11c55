package dev.weft.examples.words;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds Weft's own project, the text that is counted when no other is named.
final class ProjectDirectory {

  private ProjectDirectory() {}

  /// Looks in a directory and in those above it.
  ///
  /// @throws UsageException if none of them is Weft's project
  static Path find(Path start) throws UsageException {
    for (@Nullable Path at = start.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("core/src/main/java/dev/weft/Go.java"))) {
        return at;
      }
    }
    throw new UsageException(
        "Weft's project is not in or above " + start.toAbsolutePath() + ": name a tree with --dir");
  }
}
