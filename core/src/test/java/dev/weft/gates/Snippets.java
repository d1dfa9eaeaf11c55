package dev.weft.gates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parts of a program that pages show: what is between `// snippet: name` and `// end`.
final class Snippets {
  private static final String BEGIN = "// snippet: ";
  private static final String END = "// end";

  private Snippets() {}

  /// The regions of a source file, by name, moved to the left as far as possible.
  ///
  /// @throws IllegalArgumentException if one does not end, is inside of another, or has its name
  static Map<String, List<String>> of(Path source) throws IOException {
    Map<String, List<String>> regions = new LinkedHashMap<>();
    List<String> open = null;
    for (String line : Files.readAllLines(source)) {
      String text = line.strip();
      if (text.startsWith(BEGIN)) {
        String name = text.substring(BEGIN.length());
        check(open == null, source, name + " begins inside of another");
        open = new ArrayList<>();
        check(regions.put(name, open) == null, source, name + " is there twice");
      } else if (text.equals(END)) {
        check(open != null, source, "an end without a beginning");
        open = null;
      } else if (open != null) {
        open.add(line);
      }
    }
    check(open == null, source, "the last one does not end");
    regions.replaceAll((name, lines) -> toTheLeft(stripped(lines)));
    return regions;
  }

  /// Without empty lines at the beginning and at the end, which the formatter wants.
  private static List<String> stripped(List<String> lines) {
    int from = 0;
    int to = lines.size();
    while (from < to && lines.get(from).isBlank()) {
      from++;
    }
    while (to > from && lines.get(to - 1).isBlank()) {
      to--;
    }
    return lines.subList(from, to);
  }

  private static List<String> toTheLeft(List<String> lines) {
    int margin =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream().map(line -> line.isBlank() ? "" : line.substring(margin)).toList();
  }

  private static void check(boolean good, Path source, String what) {
    if (!good) {
      throw new IllegalArgumentException("snippets of " + source + ": " + what);
    }
  }
}
