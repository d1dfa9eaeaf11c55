package dev.weft.sync;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value that is computed when somebody asks for it first, once: `sync.OnceValue`.
///
/// ```java
/// private static final Supplier<Config> CONFIG = OnceValue.of(Config::load);
/// ```
///
/// All callers get the same value; those who come while it is computed wait, ignoring interrupts,
/// which they keep for later. If the code throws, every call throws the same exception, with the
/// trace of the first (ONCE-7). It is never run twice. After success the code is let go, for the
/// collector (ONCE-8). The code must not ask for its own value: it would wait for itself.
///
/// Go's `OnceValues`, for two results, is this with a record.
///
/// Any kind of thread may ask. Memory: what the code wrote is visible to everybody who has the
/// value.
///
/// @param <T> the type of the value
public final class OnceValue<T extends @Nullable Object> implements Supplier<T> {

  private final OnceCell<T> cell;

  private OnceValue(Supplier<? extends T> code) {
    cell = new OnceCell<>(code);
  }

  /// Makes a value of code that has not run yet.
  ///
  /// @param <T> the type of the value
  /// @param code computes it, when it is asked for
  /// @return the value to be
  public static <T extends @Nullable Object> OnceValue<T> of(Supplier<? extends T> code) {
    return new OnceValue<>(code);
  }

  /// {@return the value; computed now if nobody has asked before}
  ///
  /// Throws what the code threw. After a `goexit()` in the code, whose caller's goroutine ends,
  /// later callers get an IllegalStateException.
  @Override
  public T get() {
    return cell.get();
  }

  /// `OnceValue@1a2b[done]`: a snapshot; never computes it.
  @Override
  public String toString() {
    return "OnceValue@" + Integer.toHexString(hashCode()) + "[" + cell.describe() + "]";
  }
}
