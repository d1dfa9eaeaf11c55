package dev.weft.examples.words;

import static dev.weft.Go.go;

import dev.weft.base.Body;
import dev.weft.scheduler.Goroutine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The goroutines that count a tree, and the pipes between them.
///
/// ```
/// walker --files--> parser 1..n --pieces--> merger
///                        |             ^
///                        +--> closer --+
/// ```
///
/// The end travels along the pipes. The walker closes `files` behind the last one; a parser that
/// finds it closed and empty ends; the closer waits for all parsers and closes `pieces`, upon which
/// the merger ends. So stopping early is simple: [#stop()] interrupts those who make elements, and
/// what they have already sent is still counted.
///
/// Nothing is shared: what goes into a pipe is no longer touched by its sender, and what the walker
/// and the merger gather is read by others after they have ended.
final class Pipeline {

  /// Enough to keep the parsers busy while the walker lists a large directory.
  private static final int FILES_IN_FLIGHT = 256;

  /// Each holds the words of about a megabyte of text.
  static final int PIECES_IN_FLIGHT = 16;

  private final long startNanos = System.nanoTime();
  private final Walker walker;
  private final Merger merger;

  /// The walker and the parsers.
  private final List<Goroutine> producers = new ArrayList<>();

  private final Goroutine closing;
  private final Goroutine merging;

  private Pipeline(Options options, Watcher watcher) {
    walker = new Walker(options.directory(), options.extensions());
    merger = new Merger(watcher);
    Parser parser = new Parser(options.minLength());
    Pipe<Path> files = new Pipe<>(FILES_IN_FLIGHT);
    Pipe<Parsed> pieces = new Pipe<>(PIECES_IN_FLIGHT);

    List<Goroutine> parsers = new ArrayList<>();
    for (int i = 1; i <= options.parsers(); i++) {
      parsers.add(
          go("parser-" + i, stoppable(() -> files.forEach(file -> parser.parse(file, pieces)))));
    }
    closing = go("closer", () -> closeAfter(parsers, pieces));
    merging = go("merger", () -> pieces.forEach(merger::merge));
    producers.addAll(parsers);
    producers.add(go("walker", stoppable(() -> walkAndClose(files))));
  }

  /// Starts counting.
  ///
  /// @param watcher is told by the merger how far it has come
  static Pipeline start(Options options, Watcher watcher) {
    return new Pipeline(options, watcher);
  }

  private void walkAndClose(Pipe<Path> files) throws InterruptedException {
    try {
      walker.walk(files);
    } finally {
      files.close();
    }
  }

  private static void closeAfter(List<Goroutine> parsers, Pipe<Parsed> pieces)
      throws InterruptedException {
    for (Goroutine parser : parsers) {
      parser.join();
    }
    pieces.close();
  }

  /// A body that ends when it is interrupted, without counting as failed.
  private static Body stoppable(Body body) {
    return () -> {
      try {
        body.run();
      } catch (InterruptedException stop) {
        // stop() wants it to end, and now it does
      }
    };
  }

  /// Asks the goroutines to stop, and returns at once; [#await()] then gives what was counted.
  void stop() {
    producers.forEach(Goroutine::interrupt);
  }

  /// Waits for the result: of the whole tree, or of what was counted before [#stop()]. No goroutine
  /// of this pipeline is left then.
  ///
  /// @throws PipelineException if one of the goroutines failed; none is left then either
  /// @throws InterruptedException if the caller was interrupted; the goroutines are stopped
  Result await() throws InterruptedException {
    try {
      merging.join();
    } finally {
      stop(); // the merger is the last to end, unless it or all parsers failed
    }
    List<Goroutine> all = new ArrayList<>(producers);
    all.add(closing);
    all.add(merging);
    for (Goroutine goroutine : all) {
      goroutine.join();
    }
    for (Goroutine goroutine : all) {
      Throwable failure = goroutine.failure();
      if (failure != null) {
        throw new PipelineException(goroutine, failure);
      }
    }
    return Result.of(walker, merger, System.nanoTime() - startNanos);
  }
}
