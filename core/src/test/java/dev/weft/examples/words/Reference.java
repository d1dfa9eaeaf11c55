package dev.weft.examples.words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Another way to count words, which shares no code with the example: whole files in memory, and a
/// regular expression.
final class Reference {

  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*");

  private Reference() {}

  /// Counts the files of a tree that have one of the extensions; there must be nothing in it that
  /// needs special treatment except directories that are hidden or named target.
  static Map<String, Long> countTree(Path root, Set<String> extensions) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (Path file : files(root, extensions)) {
      // Malformed bytes become U+FFFD, which is no letter.
      addAll(counts, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }
    return counts;
  }

  static List<Path> files(Path root, Set<String> extensions) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> extensions.contains(file.toString().replaceFirst(".*\\.", "")))
          .filter(file -> !isSkipped(root.relativize(file).getParent()))
          .collect(Collectors.toUnmodifiableList());
    }
  }

  private static boolean isSkipped(@Nullable Path directory) {
    return directory != null && ("/" + directory + "/").matches(".*/(\\.[^/]*|target)/.*");
  }

  static Map<String, Long> countText(String text) {
    Map<String, Long> counts = new TreeMap<>();
    addAll(counts, text);
    return counts;
  }

  private static void addAll(Map<String, Long> counts, String text) {
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      String word = words.group();
      if (word.codePointCount(0, word.length()) <= 100) {
        counts.merge(lowerCase(word), 1L, Long::sum);
      }
    }
  }

  private static String lowerCase(String word) {
    return word.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
