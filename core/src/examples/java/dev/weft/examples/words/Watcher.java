package dev.weft.examples.words;

/// Is told how far the counting has come.
@FunctionalInterface
interface Watcher {

  /// Called by the merger after each piece of text.
  ///
  /// @param files how many files have been counted to their end
  /// @param bytes how many bytes of text
  /// @param words how many words were in them
  void merged(long files, long bytes, long words);
}
