package dev.weft.examples.words;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files that could not be read: how many, and some of them by name. For use by one thread at a
/// time.
final class Problems {

  private static final int MOST_EXAMPLES = 5;

  private long count;
  private final List<String> examples = new ArrayList<>();

  void add(Path file, Exception problem) {
    addAll(1, List.of(printable(file + ": " + reason(problem))));
  }

  void addAll(Problems others) {
    addAll(others.count, others.examples);
  }

  private void addAll(long more, List<String> moreExamples) {
    count += more;
    moreExamples.stream().limit(MOST_EXAMPLES - examples.size()).forEach(examples::add);
  }

  long count() {
    return count;
  }

  /// The first few, each with the reason.
  List<String> examples() {
    return List.copyOf(examples);
  }

  private static String reason(Exception problem) {
    String name = problem.getClass().getSimpleName();
    String detail = problem instanceof FileSystemException e ? e.getReason() : problem.getMessage();
    return detail == null ? name : name + " (" + detail + ")";
  }

  /// A file may have any name; one with control characters must not confuse the terminal.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cc}", "?");
  }
}
