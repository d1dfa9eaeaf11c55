package dev.weft.examples.words;

/// Adds up what the parsers send. For use by one thread at a time.
final class Merger {

  private final Watcher watcher;
  private final Tally tally = new Tally();
  private final Problems unreadable = new Problems();
  private long files;
  private long binaries;

  Merger(Watcher watcher) {
    this.watcher = watcher;
  }

  /// Adds one piece of a file, or notes why there is none.
  void merge(Parsed parsed) {
    switch (parsed) {
      case Parsed.Piece piece -> {
        tally.addAll(piece.tally());
        files += piece.last() ? 1 : 0;
      }
      case Parsed.Binary _ -> binaries++;
      case Parsed.Unreadable failed -> unreadable.add(failed.file(), failed.problem());
    }
    watcher.merged(files, tally.bytes(), tally.words());
  }

  /// All words so far.
  Tally tally() {
    return tally;
  }

  /// How many files have been counted to their end.
  long files() {
    return files;
  }

  /// How many files were no text.
  long binaries() {
    return binaries;
  }

  /// The files that could not be read, or not to their end.
  Problems unreadable() {
    return unreadable;
  }
}
