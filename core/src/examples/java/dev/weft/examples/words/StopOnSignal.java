package dev.weft.examples.words;

import dev.weft.channel.Channel;
import dev.weft.scheduler.Scheduler;
import java.io.PrintStream;
import java.time.Duration;

/// While it is open, Ctrl-C (or another signal that ends the JVM) stops the work, and the JVM ends
/// only when this is closed: time to print what is there.
///
/// The exit code is then that of the signal: 130 for Ctrl-C.
final class StopOnSignal implements AutoCloseable {

  /// So that Ctrl-C ends the program even if a goroutine hangs, say in a file system that does not
  /// answer.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Runnable stop;
  private final PrintStream errors;
  private final Channel<Void> closed = Channel.make();
  private final Thread hook = new Thread(this::stopAndWait, "stop-on-signal");

  private StopOnSignal(Runnable stop, PrintStream errors) {
    this.stop = stop;
    this.errors = errors;
  }

  /// Opens it.
  ///
  /// @param stop asks the work to stop, and returns at once
  /// @param errors is told if it does not stop in time
  static StopOnSignal install(Runnable stop, PrintStream errors) {
    StopOnSignal installed = new StopOnSignal(stop, errors);
    Runtime.getRuntime().addShutdownHook(installed.hook);
    return installed;
  }

  private void stopAndWait() {
    stop.run();
    try {
      if (closed.receive(PATIENCE).isEmpty()) {
        errors.println(
            "words: no result, these goroutines do not stop: " + Scheduler.current().goroutines());
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt(); // nobody does this to a hook; if so, do not wait
    }
  }

  @Override
  public void close() {
    closed.tryClose();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shutdown) {
      // the hook runs, or has run: the JVM is ending
    }
  }
}
