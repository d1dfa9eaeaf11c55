package dev.weft.scheduler;

import dev.weft.base.Body;
import dev.weft.base.Goexit;

/// Runs the body of a goroutine, on either backend.
final class BodyRunner {

  private BodyRunner() {}

  /// Runs it to its end. What it throws is remembered as the goroutine's failure and given to the
  /// thread's uncaught exception handler; a goexit is a normal end.
  ///
  /// The JDK would call the handler by itself, if the failure were thrown on. But by then the
  /// goroutine no longer counts as alive, and a handler that blocks would never go on:
  ///
  /// ```
  /// goroutine: fails, leaves the live ones  | handler: parks           | handler is unparked: nobody
  /// closer:                  nobody is left, so it ends the machines   |  runs it
  /// ```
  static void run(Goroutine goroutine, Body body) {
    try {
      body.run();
    } catch (Goexit end) {
      // unwound to the top: done
    } catch (Throwable failure) {
      goroutine.failedWith(failure);
      Uncaught.report(goroutine.thread(), failure);
    }
  }
}
