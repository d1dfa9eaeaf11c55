package dev.weft.testkit;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Where the files of the project are, for tests that read them.
public final class ProjectFiles {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea");

  private ProjectFiles() {}

  /// The folder of the parent POM.
  public static Path root() {
    String given = System.getProperty("weft.root");
    Path folder = given == null ? Path.of("").toAbsolutePath() : Path.of(given);
    while (!Files.isDirectory(folder.resolve(".mvn"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("no .mvn folder in or above the working directory");
      }
      folder = parent;
    }
    return folder;
  }

  /// The compiled classes of `core`.
  public static Path classes() {
    String given = System.getProperty("weft.classes");
    return given == null ? root().resolve("core/target/classes") : Path.of(given);
  }

  /// The names of the packages that exist in the compiled classes.
  public static Set<String> packages() throws IOException {
    try (Stream<Path> files = Files.walk(classes())) {
      Set<String> names = new TreeSet<>();
      files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> classes().relativize(file).getParent())
          .filter(folder -> folder != null)
          .forEach(
              folder ->
                  names.add(folder.toString().replace(folder.getFileSystem().getSeparator(), ".")));
      names.remove("META-INF");
      return names;
    }
  }

  /// What `module-info.java` of `core` was compiled to.
  public static ModuleDescriptor module() {
    return ModuleFinder.of(classes()).find("dev.weft").orElseThrow().descriptor();
  }

  /// The packages that `core` exports to everybody, sorted.
  public static List<String> exportedPackages() {
    return module().exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .sorted()
        .toList();
  }

  /// Every Java source file of every module, relative to the root, sorted.
  public static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .map(root()::relativize)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !isIn(NOT_OURS, file))
          .sorted()
          .toList();
    }
  }

  private static boolean isIn(Set<String> folders, Path file) {
    for (Path part : file) {
      if (folders.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }
}
