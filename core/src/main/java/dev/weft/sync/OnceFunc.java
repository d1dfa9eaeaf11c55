package dev.weft.sync;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Code that runs at the first call, once, and whose failure is every caller's: `sync.OnceFunc`.
///
/// ```java
/// private final Runnable start = OnceFunc.of(this::startWorkers);
/// ```
///
/// Those who call while it runs wait for its end, ignoring interrupts, which they keep for later.
/// If it throws, every call throws the same exception, with the trace of the first (ONCE-7); to
/// return in silence instead, as [Once] does, is what it is not for. After success the code is let
/// go, for the collector. It must not call itself: it would wait for itself.
///
/// Any kind of thread may call it. Memory: what the code wrote is visible to everybody who has
/// returned from a call.
public final class OnceFunc implements Runnable {

  private final OnceCell<@Nullable Void> cell;

  private OnceFunc(Runnable code) {
    Objects.requireNonNull(code, "code");
    cell =
        new OnceCell<>(
            () -> {
              code.run();
              return null;
            });
  }

  /// Makes one of code that has not run yet.
  ///
  /// @param code what to run at the first call
  /// @return what to call
  public static OnceFunc of(Runnable code) {
    return new OnceFunc(code);
  }

  /// Runs the code if nobody has; waits for its end if somebody has begun.
  ///
  /// Throws what the code threw. After a `goexit()` in the code, whose caller's goroutine ends,
  /// later callers get an IllegalStateException.
  @Override
  public void run() {
    cell.get();
  }

  /// `OnceFunc@1a2b[done]`: a snapshot; never runs it.
  @Override
  public String toString() {
    return "OnceFunc@" + Integer.toHexString(hashCode()) + "[" + cell.describe() + "]";
  }
}
