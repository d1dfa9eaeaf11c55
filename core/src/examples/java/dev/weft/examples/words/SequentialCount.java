package dev.weft.examples.words;

/// The same count without goroutines, to compare with: what is left of the [Pipeline] when walking,
/// parsing and merging call each other.
final class SequentialCount {

  private SequentialCount() {}

  /// Counts a tree in the calling thread.
  static Result of(Options options) throws InterruptedException {
    long start = System.nanoTime();
    Walker walker = new Walker(options.directory(), options.extensions());
    Merger merger = new Merger((files, bytes, words) -> {});
    Parser parser = new Parser(options.minLength());
    walker.walk(file -> parser.parse(file, merger::merge));
    return Result.of(walker, merger, System.nanoTime() - start);
  }
}
