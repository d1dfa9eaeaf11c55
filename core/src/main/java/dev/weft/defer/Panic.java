package dev.weft.defer;

import org.jspecify.annotations.Nullable;

/// What `throw new Panic(value)` throws: Go's `panic(value)`, with any object as the value.
///
/// Every exception is a panic to [Defer]; this one is for values that are none. Where nobody
/// recovers it, it ends its goroutine, as all exceptions do, and not the process.
public final class Panic extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Not serialized: the value need not be serializable. The message is.
  private final transient @Nullable Object value;

  /// The message: the value's text, as it was when the panic was made.
  private final String text;

  /// Creates a panic.
  ///
  /// @param value what whoever recovers gets from [#value()]. A Throwable becomes the cause, too.
  ///   Go makes a panic of nil an error of its own (DEF-13), and so does this: for null the value
  ///   is an IllegalArgumentException that says so
  public Panic(@Nullable Object value) {
    this(value == null ? new IllegalArgumentException("panic called with nil argument") : value, 0);
  }

  private Panic(Object value, int unused) {
    super(value instanceof Throwable cause ? cause : null);
    this.value = value;
    this.text = "panic: " + text(value);
  }

  /// {@return what it was made with; null only after deserialization}
  public @Nullable Object value() {
    return value;
  }

  /// `panic: ` and the value, as it was when the panic was made: the message of a Throwable, else
  /// its `toString()`.
  @Override
  public String getMessage() {
    return text;
  }

  /// The value's own methods may fail; Go ends the process then (DEF-12).
  private static String text(Object value) {
    try {
      return value instanceof Throwable thrown && thrown.getMessage() != null
          ? thrown.getMessage()
          : String.valueOf(value);
    } catch (RuntimeException failed) {
      return "a " + value.getClass().getName() + ", whose text cannot be had: " + failed.getClass();
    }
  }
}
