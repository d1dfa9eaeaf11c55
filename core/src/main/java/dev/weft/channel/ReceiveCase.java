package dev.weft.channel;

import dev.weft.internal.park.WaitList;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A case that receives: `case v, ok := <-ch`.
///
/// It keeps what it received until its next select or [#clear()].
///
/// @param <T> the type of the elements
public final class ReceiveCase<T> extends SelectCase {

  private enum Result {
    NONE,
    ELEMENT,
    CLOSED
  }

  private Result result = Result.NONE;
  private @Nullable T value;

  ReceiveCase(Channel<T> channel) {
    super(channel);
  }

  /// {@return the element that the last select received with this case, or null when the channel
  /// was closed and drained}
  ///
  /// @throws IllegalStateException if the last select did not choose this case, or it was cleared
  public @Nullable T value() {
    checkChosen();
    return value;
  }

  /// {@return whether there was an element: false when the channel was closed and drained}
  ///
  /// @throws IllegalStateException if the last select did not choose this case, or it was cleared
  public boolean ok() {
    checkChosen();
    return result == Result.ELEMENT;
  }

  /// Forgets what was received, so that it can be collected.
  ///
  /// @throws IllegalStateException if the case is in a select of another thread now
  public void clear() {
    checkNotListed();
    reset();
  }

  private void checkChosen() {
    if (result == Result.NONE) {
      throw new IllegalStateException(
          this + " has received nothing: the last select did not choose it, or it was cleared");
    }
  }

  /// Joins the case with what to do when it is chosen, for the expression form of select.
  ///
  /// @param <R> the type of the expression
  /// @param action takes the element, or null when the channel is closed and drained
  /// @return the branch, for `selectValue`
  public <R extends @Nullable Object> Branch<R> then(
      Function<? super @Nullable T, ? extends R> action) {
    Objects.requireNonNull(action, "action");
    return new Branch<>(this, () -> apply(action));
  }

  @SuppressWarnings("NullAway") // does not see that the function takes a null
  private <R extends @Nullable Object> R apply(Function<? super @Nullable T, ? extends R> action) {
    return action.apply(value());
  }

  @Override
  void arm() {}

  @Override
  void disarm() {}

  @Override
  void reset() {
    value = null;
    result = Result.NONE;
  }

  @Override
  boolean isReady() {
    return channel.canReceive();
  }

  @Override
  boolean perform() {
    Object element = channel.poll();
    if (element != null) {
      received(element);
      return true;
    }
    if (channel.isClosed()) {
      result = Result.CLOSED;
      return true;
    }
    return false;
  }

  @SuppressWarnings("unchecked") // only a Channel<T> made this case
  private void received(Object element) {
    value = (T) element;
    result = Result.ELEMENT;
  }

  @Override
  @Nullable Object offered() {
    return null;
  }

  @Override
  WaitList queue() {
    return channel.receivers;
  }

  @Override
  void complete(boolean byClose) {
    if (byClose) {
      result = Result.CLOSED;
    } else {
      received(Objects.requireNonNull(node.element()));
    }
  }

  @Override
  void checkResult() {}

  /// `receive case of Channel[...]`.
  @Override
  public String toString() {
    return "receive case of " + channel;
  }
}
