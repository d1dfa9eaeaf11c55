import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Checks or rewrites the format of every Java file of the project with google-java-format.
///
/// Usage: `java Format.java check|apply|skip ROOT`.
public final class Format {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea");

  private Format() {}

  public static void main(String[] args) throws Exception {
    String mode = args[0];
    Path root = Path.of(args[1]);
    switch (mode) {
      case "skip" -> {
        return;
      }
      case "check", "apply" -> {}
      default -> fail("format: unknown mode '" + mode + "', use check, apply or skip");
    }
    List<Path> files = javaFiles(root);
    List<Path> different = files.parallelStream().filter(f -> differs(f, mode)).sorted().toList();
    if (different.isEmpty()) {
      return;
    }
    StringBuilder list = new StringBuilder();
    different.forEach(
        f -> list.append(System.lineSeparator()).append("  ").append(root.relativize(f)));
    if (mode.equals("apply")) {
      System.out.println("format: rewrote " + different.size() + " files:" + list);
    } else {
      fail(
          "format: "
              + different.size()
              + " files are not formatted:"
              + list
              + System.lineSeparator()
              + "format: fix them with: mvn -N validate -Dformat=apply");
    }
  }

  private static boolean differs(Path file, String mode) {
    try {
      String before = Files.readString(file);
      String after = format(before);
      if (before.equals(after)) {
        return false;
      }
      if (mode.equals("apply")) {
        Files.writeString(file, after);
      }
      return true;
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + file + ": " + e.getMessage(), e);
    }
  }

  private static String format(String source) throws Exception {
    String imports = RemoveUnusedImports.removeUnusedImports(source);
    imports = ImportOrderer.reorderImports(imports, JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(imports);
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            boolean skip = NOT_OURS.contains(dir.getFileName().toString());
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
