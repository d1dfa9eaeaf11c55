package dev.weft.examples.words;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What was counted, and what was not.
///
/// @param tally the words
/// @param found how many files there are to count
/// @param files how many of them were counted to their end
/// @param leftOut what was not counted
/// @param unreadable some of what could not be read, with the reasons
/// @param complete whether this is all there is to say about the tree
/// @param nanos how long it took
record Result(
    Tally tally,
    long found,
    long files,
    LeftOut leftOut,
    List<String> unreadable,
    boolean complete,
    long nanos) {

  /// Puts together what a walker and a merger have gathered, who have ended.
  static Result of(Walker walker, Merger merger, long nanos) {
    Problems unreadable = new Problems();
    unreadable.addAll(walker.unreadable());
    unreadable.addAll(merger.unreadable());
    LeftOut leftOut =
        new LeftOut(
            walker.skippedDirectories(),
            walker.links(),
            walker.otherFiles(),
            merger.binaries(),
            unreadable.count(),
            merger.tally().malformed(),
            merger.tally().tooLong());
    long ended = merger.files() + merger.binaries() + merger.unreadable().count();
    return new Result(
        merger.tally(),
        walker.found(),
        merger.files(),
        leftOut,
        unreadable.examples(),
        walker.finished() && ended == walker.found(),
        nanos);
  }

  /// Compares this count with another one of the same tree.
  ///
  /// @return the first difference that was found, or nothing
  Optional<String> differenceTo(Result other) {
    Map<String, Long> here = tally.counts();
    Map<String, Long> there = other.tally.counts();
    TreeSet<String> words = new TreeSet<>(here.keySet());
    words.addAll(there.keySet());
    for (String word : words) {
      long count = here.getOrDefault(word, 0L);
      long otherCount = there.getOrDefault(word, 0L);
      if (count != otherCount) {
        return Optional.of(
            String.format(
                Locale.ROOT, "'%s' was counted %,d against %,d times", word, count, otherCount));
      }
    }
    return summary().equals(other.summary())
        ? Optional.empty()
        : Optional.of(summary() + " against " + other.summary());
  }

  private String summary() {
    return String.format(
        Locale.ROOT,
        "%,d of %,d files, %,d bytes, %,d words, %s",
        files,
        found,
        tally.bytes(),
        tally.words(),
        leftOut);
  }
}
