package dev.weft.channel;

import dev.weft.base.ThrowingConsumer;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The side of a channel that elements come out of: `<-chan T`.
///
/// Parameters of public methods take `ReceiveChannel<? extends T>`. It is the same object as the
/// channel it was taken from (CH-30).
///
/// @param <T> the type of the elements
public sealed interface ReceiveChannel<T> extends Iterable<T> permits Channel {

  /// Receives an element, and waits until there is one: `v := <-ch`.
  ///
  /// An interrupted receive has received nothing. When interrupt and element come at the same time,
  /// one of them wins: if it is the element, it is returned and the interrupt flag is set.
  ///
  /// What happens before the send of an element *happens-before* the return of the receive that
  /// gets it (MEM-2), and what happens before a close happens-before the return of a receive that
  /// finds it (MEM-3).
  ///
  /// @return the element, or null when the channel is closed and drained: elements are never null
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits;
  ///   the interrupt flag is then cleared
  @Nullable T receive() throws InterruptedException;

  /// Receives an element, and says whether there was one: `v, ok := <-ch`. May allocate; otherwise
  /// as [#receive()].
  ///
  /// @return the element; or [Received#isClosed()] when the channel is closed and drained
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  Received<T> receiveOk() throws InterruptedException;

  /// Receives an element if there is one within a time. May allocate; otherwise as [#receive()].
  ///
  /// @param timeout how long to wait at most; zero or less tries once; longer than 292 years is for
  ///   ever
  /// @return the element; or [Received#isClosed()] when the channel is closed and drained; or
  ///   [Received#isEmpty()] when the time has passed
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  Received<T> receive(Duration timeout) throws InterruptedException;

  /// Receives an element if there is one now: `select { case v, ok := <-ch: default: }`.
  ///
  /// Never waits, and does not look at the interrupt flag. May allocate. Memory effects are those
  /// of [#receive()].
  ///
  /// @return the element; or [Received#isClosed()] when the channel is closed and drained; or
  ///   [Received#isEmpty()] when it is open and there is nothing
  Received<T> tryReceive();

  /// Moves elements that are there now into a collection, one after the other.
  ///
  /// Never waits, and does not look at the interrupt flag. Memory effects are those of [#receive()]
  /// for each element. The collection's `add` is called without any lock held. If it throws, what
  /// it threw is thrown here; the element that it was given has left the channel, the next ones
  /// have not.
  ///
  /// @param target where to add them
  /// @param max how many at most; 0 or more
  /// @return how many were given to the collection, also if it has not kept them, as a set may do;
  ///   fewer than `max` when there were no more
  /// @throws IllegalArgumentException if `max` is negative
  int drainTo(Collection<? super T> target, int max);

  /// {@return whether the channel is closed} Elements may still be in its buffer. A snapshot.
  boolean isClosed();

  /// {@return how many elements are in the buffer now} A snapshot; it orders nothing.
  int len();

  /// {@return how many elements the buffer can hold} 0 for an unbuffered channel.
  int cap();

  /// Makes a case for `select` that receives. Make it once, use it for many selects.
  ///
  /// @return the case
  ReceiveCase<T> onReceive();

  /// Iterates until the channel is closed and drained: `for v := range ch`.
  ///
  /// `hasNext` receives, and keeps the element for `next`. So a `for` loop that is left early loses
  /// nothing; who calls `hasNext` without the `next` after it loses that element. Both throw
  /// [InterruptedChannelException], with the interrupt flag set, when the thread is interrupted.
  /// Each call makes an iterator of its own; an iterator is for one thread.
  ///
  /// @return a new iterator
  @Override
  Iterator<T> iterator();

  /// Receives until the channel is closed and drained, and calls the body for each element.
  ///
  /// @param <E> what the body may throw
  /// @param body what to do with an element; what it throws ends the loop and is thrown here; the
  ///   elements after that stay in the channel
  /// @throws E what the body throws
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  <E extends Throwable> void forEach(ThrowingConsumer<? super T, E> body)
      throws E, InterruptedException;

  /// A sequential stream of the elements, until the channel is closed and drained.
  ///
  /// It receives one element at a time, when the stream asks for it, and never splits. A stream
  /// operation throws [InterruptedChannelException], with the interrupt flag set, when the thread
  /// is interrupted. Short-circuiting operations leave the rest in the channel.
  ///
  /// @return a new stream
  Stream<T> stream();
}
