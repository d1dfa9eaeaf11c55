package dev.weft.context;

import dev.weft.channel.ReceiveChannel;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A context that is never done: the background, or one that is cut off from its parent but for the
/// values.
final class RootContext extends Context {

  static final RootContext BACKGROUND = new RootContext(null);

  private final @Nullable Context values;

  RootContext(@Nullable Context values) {
    this.values = values;
  }

  @Override
  public ReceiveChannel<Object> done() {
    return never();
  }

  @Override
  public @Nullable ContextException err() {
    return null;
  }

  @Override
  public @Nullable Throwable cause() {
    return null;
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.empty();
  }

  @Override
  @Nullable Context parent() {
    return values;
  }

  @Override
  @Nullable CancelContext canceler() {
    return null;
  }

  @Override
  String suffix() {
    return values == null ? "context.Background" : ".WithoutCancel";
  }
}
