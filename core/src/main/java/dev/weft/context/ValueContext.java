package dev.weft.context;

import dev.weft.channel.ReceiveChannel;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A context with one value more than its parent, and in all else the same.
final class ValueContext<T> extends Context {

  final ContextKey<T> key;
  final @Nullable T value;

  private final Context parent;

  // Where it asks for all else: not through a long chain of values.
  private final Context base;

  ValueContext(Context parent, ContextKey<T> key, @Nullable T value) {
    this.parent = parent;
    this.base = parent instanceof ValueContext<?> other ? other.base : parent;
    this.key = key;
    this.value = value;
  }

  @Override
  public ReceiveChannel<Object> done() {
    return base.done();
  }

  @Override
  public @Nullable ContextException err() {
    return base.err();
  }

  @Override
  public @Nullable Throwable cause() {
    return base.cause();
  }

  @Override
  public Optional<Instant> deadline() {
    return base.deadline();
  }

  @Override
  Context parent() {
    return parent;
  }

  @Override
  @Nullable CancelContext canceler() {
    return base.canceler();
  }

  @Override
  String suffix() {
    return ".WithValue(" + key + ", " + shown() + ")";
  }

  /// Texts as they are; of all else only the type, since to print it may take long.
  private @Nullable Object shown() {
    Object shown = value;
    return shown == null || shown instanceof CharSequence ? shown : shown.getClass().getTypeName();
  }
}
