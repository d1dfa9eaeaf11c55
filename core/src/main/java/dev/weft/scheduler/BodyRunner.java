package dev.weft.scheduler;

import dev.weft.base.Body;
import dev.weft.base.Goexit;

/// Runs the body of a goroutine, on either backend.
final class BodyRunner {

  private BodyRunner() {}

  /// Runs it to its end. What it throws is remembered as the goroutine's failure and thrown on, so
  /// that the JDK gives it to the thread's uncaught exception handler; a goexit is a normal end.
  static void run(Goroutine goroutine, Body body) {
    try {
      body.run();
    } catch (Goexit end) {
      // unwound to the top: done
    } catch (Throwable failure) {
      goroutine.failedWith(failure);
      throw BodyRunner.<RuntimeException>unchecked(failure);
    }
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // a cast that the JVM does not make: bodies may throw anything
  private static <E extends Throwable> E unchecked(Throwable failure) throws E {
    throw (E) failure;
  }
}
