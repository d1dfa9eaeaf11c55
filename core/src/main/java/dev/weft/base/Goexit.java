package dev.weft.base;

/// Unwinds a goroutine that called `goexit()`; `finally` blocks run on the way.
///
/// It stands for Go's `runtime.Goexit`, which nothing can stop. On the JVM a careless `catch
/// (Throwable)` can: code that catches everything must throw this error on. It has no stack trace,
/// and it is not a failure: a goroutine that ends with it ends normally.
public final class Goexit extends Error {

  private static final long serialVersionUID = 1L;

  /// The only instance: the error carries nothing, so that throwing it costs nothing.
  @SuppressWarnings("StaticAssignmentOfThrowable") // no trace, no suppressed, no cause: immutable
  public static final Goexit INSTANCE = new Goexit();

  private Goexit() {
    super(
        "goexit() ends this goroutine; code that catches Throwable must throw it on",
        null,
        false,
        false);
  }
}
