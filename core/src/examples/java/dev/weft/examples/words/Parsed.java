package dev.weft.examples.words;

import java.io.IOException;
import java.nio.file.Path;

/// What a parser says about a file: any number of pieces, the last of which says so, or why there
/// is none or no further one.
sealed interface Parsed {

  /// The words of a piece of text.
  ///
  /// @param tally the words
  /// @param last whether the file ends with it
  record Piece(Tally tally, boolean last) implements Parsed {}

  /// The file is not text.
  ///
  /// @param file which one
  record Binary(Path file) implements Parsed {}

  /// The file could not be read, or not to its end.
  ///
  /// @param file which one
  /// @param problem why
  record Unreadable(Path file, IOException problem) implements Parsed {}
}
