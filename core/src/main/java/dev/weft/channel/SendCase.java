package dev.weft.channel;

import dev.weft.internal.park.WaitList;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A case that sends: `case ch <- v`.
///
/// It stays armed after it was chosen: the next select sends the same element again, unless
/// [#value(Object)] has given it another.
///
/// @param <T> the type of the elements
public final class SendCase<T> extends SelectCase {

  private @Nullable T value;

  // The element of this round.
  private @Nullable T sending;

  private boolean failed;

  SendCase(Channel<T> channel, @Nullable T value) {
    super(channel);
    this.value = value;
  }

  /// Gives the case what it sends from the next select on.
  ///
  /// @param element what to send; not null
  /// @return this case
  /// @throws IllegalStateException if the case is in a select of another thread now
  public SendCase<T> value(T element) {
    checkNotListed();
    value = Objects.requireNonNull(element, "element: a channel has no null elements");
    return this;
  }

  /// Takes away what it sends, so that it can be collected. It must get another element before it
  /// can be used again.
  ///
  /// @throws IllegalStateException if the case is in a select of another thread now
  public void clear() {
    checkNotListed();
    value = null;
  }

  /// Joins the case with what to do when it is chosen, for the expression form of select.
  ///
  /// @param <R> the type of the expression
  /// @param action what to do after the send
  /// @return the branch, for `selectValue`
  public <R extends @Nullable Object> Branch<R> then(Supplier<? extends R> action) {
    return new Branch<>(this, Objects.requireNonNull(action, "action"));
  }

  @Override
  void arm() {
    T element = value;
    if (element == null) {
      throw new IllegalStateException(this + " has nothing to send: give it a value(...) first");
    }
    sending = element;
  }

  @Override
  void disarm() {
    sending = null;
  }

  @Override
  void reset() {
    failed = false;
  }

  @Override
  boolean isReady() {
    return channel.canSend();
  }

  @Override
  boolean perform() {
    if (channel.isClosed()) {
      failed = true;
      return true;
    }
    T element = sending; // never null: the case is active, so it was armed
    return element != null && channel.offer(element);
  }

  @Override
  @Nullable Object offered() {
    return sending;
  }

  @Override
  WaitList queue() {
    return channel.senders;
  }

  @Override
  void complete(boolean byClose) {
    failed = byClose;
  }

  @Override
  void checkResult() {
    if (failed) {
      throw ChannelClosedException.send((Channel<?>) channel);
    }
  }

  /// `send case of Channel[...]`.
  @Override
  public String toString() {
    return "send case of " + channel;
  }
}
