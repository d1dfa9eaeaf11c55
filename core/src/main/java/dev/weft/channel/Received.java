package dev.weft.channel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What came of a receive: an element, the end of the channel, or nothing yet.
///
/// It stands for Go's second result: `v, ok := <-ch`. Immutable.
///
/// @param <T> the type of the element
@SuppressWarnings("ReferenceEquality") // its two instances without a value are what they are
public final class Received<T> {

  private static final Received<?> CLOSED = new Received<>(null);
  private static final Received<?> EMPTY = new Received<>(null);

  private final @Nullable T value;

  private Received(@Nullable T value) {
    this.value = value;
  }

  static <T> Received<T> of(T element) {
    return new Received<>(element);
  }

  @SuppressWarnings("unchecked") // it has no value
  static <T> Received<T> closed() {
    return (Received<T>) CLOSED;
  }

  @SuppressWarnings("unchecked") // it has no value
  static <T> Received<T> empty() {
    return (Received<T>) EMPTY;
  }

  /// {@return whether there is an element: `ok`}
  public boolean ok() {
    return value != null;
  }

  /// {@return the element, or null when there is none}
  public @Nullable T value() {
    return value;
  }

  /// {@return whether the channel was closed and drained}
  public boolean isClosed() {
    return this == CLOSED;
  }

  /// {@return whether there was nothing to receive, now or within the time, on an open channel}
  public boolean isEmpty() {
    return this == EMPTY;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (ok() && other instanceof Received<?> that && Objects.equals(value, that.value));
  }

  @Override
  public int hashCode() {
    return value == null ? System.identityHashCode(this) : value.hashCode();
  }

  /// `Received[7]`, `Received[closed]` or `Received[empty]`.
  @Override
  public String toString() {
    return "Received[" + (ok() ? value : isClosed() ? "closed" : "empty") + "]";
  }
}
