package dev.weft.examples.words;

import java.io.PrintStream;
import java.util.Locale;

/// Shows on a terminal how far the counting has come: one line, written over and over.
final class ProgressLine implements Watcher {

  private static final long INTERVAL_MILLIS = 100;
  private static final String ERASE = "\r\033[K";

  private record Seen(long files, long bytes, long words) {}

  private final PrintStream terminal;

  /// Written by the merger, read by the goroutine that displays it.
  private volatile Seen seen = new Seen(0, 0, 0);

  ProgressLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void merged(long files, long bytes, long words) {
    seen = new Seen(files, bytes, words);
  }

  /// Shows the line until the goroutine is interrupted, and then erases it.
  void display() {
    try {
      while (true) {
        Seen now = seen;
        terminal.print(
            ERASE
                + String.format(
                    Locale.ROOT,
                    "%,d files, %,.1f MB, %,d words",
                    now.files(),
                    now.bytes() / 1e6,
                    now.words()));
        terminal.flush();
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException end) {
      terminal.print(ERASE);
      terminal.flush();
    }
  }
}
