package dev.weft.channel;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The elements of a channel until it is closed and drained: `range`. For one thread.
final class ElementIterator<T> implements Iterator<T> {

  private final Channel<T> channel;
  private @Nullable T next;
  private boolean ended;

  ElementIterator(Channel<T> channel) {
    this.channel = channel;
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      try {
        next = channel.receive();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedChannelException("iteration over " + channel + " was interrupted", e);
      }
      ended = next == null;
    }
    return next != null;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException(channel + " is closed and drained");
    }
    T element = Objects.requireNonNull(next);
    next = null;
    return element;
  }

  static <T> Stream<T> stream(Channel<T> channel) {
    return StreamSupport.stream(spliterator(channel), false);
  }

  static <T> Spliterator<T> spliterator(Channel<T> channel) {
    return new Elements<>(channel);
  }

  /// One element at a time, never split.
  private static final class Elements<T> implements Spliterator<T> {

    private final ElementIterator<T> elements;

    Elements(Channel<T> channel) {
      elements = new ElementIterator<>(channel);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      Objects.requireNonNull(action, "action");
      if (!elements.hasNext()) {
        return false;
      }
      action.accept(elements.next());
      return true;
    }

    @Override
    public @Nullable Spliterator<T> trySplit() {
      return null;
    }

    @Override
    public long estimateSize() {
      return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
      return ORDERED | NONNULL;
    }
  }
}
