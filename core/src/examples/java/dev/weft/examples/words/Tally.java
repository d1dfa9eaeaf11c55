package dev.weft.examples.words;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How often each word occurs in some text, and how much text that was. For use by one thread at a
/// time.
final class Tally {

  private static final Comparator<Map.Entry<String, Long>> MOST_FREQUENT_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private final Map<String, Long> counts = new HashMap<>();
  private long words;
  private long tooLong;
  private long bytes;
  private long malformed;

  /// Counts a word.
  void addWord(String word) {
    counts.merge(word, 1L, Long::sum);
    words++;
  }

  /// Counts a run of letters that is too long to be a word.
  void addTooLong() {
    tooLong++;
  }

  /// Counts bytes that were read.
  void addBytes(long more) {
    bytes += more;
  }

  /// Counts a place that is not UTF-8.
  void addMalformed() {
    malformed++;
  }

  /// Adds all that another tally has counted.
  void addAll(Tally other) {
    other.counts.forEach((word, count) -> counts.merge(word, count, Long::sum));
    words += other.words;
    tooLong += other.tooLong;
    bytes += other.bytes;
    malformed += other.malformed;
  }

  /// The most frequent words, words of the same frequency in alphabetical order.
  List<Map.Entry<String, Long>> top(int most) {
    return counts.entrySet().stream()
        .sorted(MOST_FREQUENT_FIRST)
        .limit(most)
        .collect(Collectors.toUnmodifiableList());
  }

  /// How often each word occurs; a live view that must not be changed.
  Map<String, Long> counts() {
    return counts;
  }

  long words() {
    return words;
  }

  long tooLong() {
    return tooLong;
  }

  long bytes() {
    return bytes;
  }

  long malformed() {
    return malformed;
  }
}
