package dev.weft.examples.words;

import static dev.weft.Go.go;
import static dev.weft.Go.select;
import static dev.weft.Go.selectOrdered;

import dev.weft.base.Body;
import dev.weft.channel.Channel;
import dev.weft.scheduler.Goroutine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The goroutines that count a tree, and the channels between them.
///
/// ```
/// walker --files--> parser 1..n --pieces--> merger
///                        |             ^
///                        +--> closer --+
/// ```
///
/// The end travels along the channels. The walker closes `files` behind the last one; a parser that
/// finds it closed and drained ends; the closer waits for all parsers and closes `pieces`, upon
/// which the merger ends.
///
/// To stop early, [#stop()] closes `done`. Whoever waits for a channel waits for `done`, too: the
/// walker and the parsers end at once, and the merger when it has counted what they have already
/// sent.
///
/// Nothing is shared: what goes into a channel is no longer touched by its sender, and what the
/// walker and the merger gather is read by others after they have ended.
final class Pipeline {

  /// Enough to keep the parsers busy while the walker lists a large directory.
  private static final int FILES_IN_FLIGHT = 256;

  /// Each holds the words of about a megabyte of text.
  static final int PIECES_IN_FLIGHT = 16;

  private final long startNanos = System.nanoTime();
  private final Channel<Path> files = Channel.make(FILES_IN_FLIGHT);
  private final Channel<Parsed> pieces = Channel.make(PIECES_IN_FLIGHT);
  private final Channel<Void> done = Channel.make();
  private final Walker walker;
  private final Merger merger;

  /// All of them.
  private final List<Goroutine> goroutines = new ArrayList<>();

  private final Goroutine merging;

  private Pipeline(Options options, Watcher watcher) {
    walker = new Walker(options.directory(), options.extensions());
    merger = new Merger(watcher);
    Parser parser = new Parser(options.minLength());

    for (int i = 1; i <= options.parsers(); i++) {
      goroutines.add(go("parser-" + i, stoppable(() -> parseAll(parser))));
    }
    List<Goroutine> parsers = List.copyOf(goroutines);
    merging = go("merger", this::mergeAll);
    goroutines.add(go("walker", stoppable(this::walk)));
    goroutines.add(go("closer", () -> closeAfter(parsers)));
    goroutines.add(merging);
  }

  /// Starts counting.
  ///
  /// @param watcher is told by the merger how far it has come
  static Pipeline start(Options options, Watcher watcher) {
    return new Pipeline(options, watcher);
  }

  private void walk() throws InterruptedException {
    try {
      walker.walk(Outlet.to(files, done));
    } finally {
      files.close();
    }
  }

  private void parseAll(Parser parser) throws InterruptedException {
    Outlet<Parsed> out = Outlet.to(pieces, done);
    var stop = done.onReceive();
    var next = files.onReceive();
    Path file;
    while (selectOrdered(stop, next) == 1 && (file = next.value()) != null) {
      parser.parse(file, out);
    }
  }

  private void closeAfter(List<Goroutine> parsers) throws InterruptedException {
    for (Goroutine parser : parsers) {
      parser.join();
    }
    pieces.close();
  }

  private void mergeAll() throws InterruptedException {
    var stop = done.onReceive();
    var next = pieces.onReceive();
    Parsed piece;
    while (select(stop, next) == 1 && (piece = next.value()) != null) {
      merger.merge(piece);
    }
    // Stopped or not: what is in the channel has been parsed, and nothing more comes.
    List<Parsed> left = new ArrayList<>();
    pieces.drainTo(left, Integer.MAX_VALUE);
    left.forEach(merger::merge);
  }

  /// A body that ends when it is stopped, without counting as failed.
  private static Body stoppable(Body body) {
    return () -> {
      try {
        body.run();
      } catch (InterruptedException stop) {
        // stop() wants it to end, and now it does
      }
    };
  }

  /// Tells the goroutines to stop, and returns at once; [#await()] then gives what was counted. Any
  /// thread may do so, any number of times.
  void stop() {
    done.tryClose();
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
    for (Goroutine goroutine : goroutines) {
      goroutine.join();
    }
    for (Goroutine goroutine : goroutines) {
      Throwable failure = goroutine.failure();
      if (failure != null) {
        throw new PipelineException(goroutine, failure);
      }
    }
    return Result.of(walker, merger, System.nanoTime() - startNanos);
  }
}
