package dev.weft.scheduler;

import dev.weft.base.Goexit;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/// Gives what nobody has caught to the handler of a thread, and survives that.
///
/// Handlers are foreign code. One that throws must neither end a machine, with all that is queued
/// on it, nor the monitor; nor be called a second time for the same goroutine.
final class Uncaught {

  private Uncaught() {}

  /// Calls the handler of the calling thread. What the handler throws goes to the handler of its
  /// thread group, the JVM's default one; what that throws is ignored, as the JVM does.
  ///
  /// @param thread the calling thread: the goroutine's, a machine or the monitor
  /// @param failure what was not caught
  static void report(Thread thread, Throwable failure) {
    report(thread.getUncaughtExceptionHandler(), thread, failure);
  }

  /// The same with a handler that was asked for before: a thread that has ended has none any more.
  ///
  /// @param handler the handler, or null: then the default one
  /// @param thread whose handler it is
  /// @param failure what was not caught
  static void report(@Nullable UncaughtExceptionHandler handler, Thread thread, Throwable failure) {
    try {
      callHandlers(handler, thread, failure);
    } catch (Throwable noMemory) {
      // What else should it be told, and whom? The machine or the monitor that calls has to go on.
    }
  }

  @SuppressWarnings("ReferenceEquality") // is it the same handler, and the same throwable
  private static void callHandlers(
      @Nullable UncaughtExceptionHandler handler, Thread thread, Throwable failure) {
    UncaughtExceptionHandler byDefault = Thread.currentThread().getThreadGroup();
    UncaughtExceptionHandler first = handler == null ? byDefault : handler;
    Throwable second = call(first, thread, failure);
    if (second != null && byDefault != first) {
      if (second != failure) {
        second.addSuppressed(failure);
      }
      call(byDefault, thread, second);
    }
  }

  /// @return what the handler threw, or null
  private static @Nullable Throwable call(
      UncaughtExceptionHandler handler, Thread thread, Throwable failure) {
    try {
      handler.uncaughtException(thread, failure);
      return null;
    } catch (Goexit end) {
      return null; // it ends what has ended anyway
    } catch (Throwable second) {
      return second;
    }
  }
}
