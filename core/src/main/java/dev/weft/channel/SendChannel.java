package dev.weft.channel;

import java.time.Duration;

/// The side of a channel that elements go into: `chan<- T`.
///
/// Parameters of public methods take `SendChannel<? super T>`. It is the same object as the channel
/// it was taken from (CH-30).
///
/// @param <T> the type of the elements
public sealed interface SendChannel<T> permits Channel {

  /// Sends an element, and waits until a receiver has taken it or the buffer has room: `ch <- v`.
  ///
  /// An interrupted send has not sent. When interrupt and receiver come at the same time, one of
  /// them wins: if it is the receiver, this method returns normally and the interrupt flag is set.
  ///
  /// What happens before the send *happens-before* what follows the receive of this element
  /// (MEM-2). The k-th receive from a channel of capacity C happens-before the return of the
  /// (k+C)-th send (MEM-4, MEM-5).
  ///
  /// @param element what to send; not null
  /// @throws ChannelClosedException if the channel is closed, or is closed while this send waits;
  ///   the element was not sent
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits;
  ///   the element was not sent, and the interrupt flag is cleared
  void send(T element) throws InterruptedException;

  /// Sends an element if that can be done within a time.
  ///
  /// As [#send(Object)] otherwise.
  ///
  /// @param element what to send; not null
  /// @param timeout how long to wait at most; zero or less tries once; longer than 292 years is for
  ///   ever
  /// @return whether it was sent
  /// @throws ChannelClosedException if the channel is closed, or is closed while this send waits
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  boolean send(T element, Duration timeout) throws InterruptedException;

  /// Sends an element if that can be done at once: `select { case ch <- v: default: }`.
  ///
  /// Never waits, and does not look at the interrupt flag. Memory effects are those of
  /// [#send(Object)].
  ///
  /// @param element what to send; not null
  /// @return whether it was sent
  /// @throws ChannelClosedException if the channel is closed
  boolean trySend(T element);

  /// Says that nothing more will be sent: `close(ch)`.
  ///
  /// What is in the buffer can still be received. Blocked receivers, and those to come, then get
  /// the end of the channel; blocked senders, and those to come, a [ChannelClosedException]. What
  /// happens before the close *happens-before* what follows a receive that finds the channel closed
  /// (MEM-3). Never waits.
  ///
  /// @throws ChannelClosedException if the channel is closed already
  /// @throws IllegalStateException if this is the nil channel
  void close();

  /// Closes the channel unless it is closed already, and tells whether this call did; as [#close()]
  /// otherwise. Go has no such thing; it is for the case that several may want to close.
  ///
  /// @return whether this call closed it
  /// @throws IllegalStateException if this is the nil channel
  boolean tryClose();

  /// {@return whether the channel is closed} A snapshot: for messages and tests, not for deciding
  /// whether to send.
  boolean isClosed();

  /// {@return how many elements are in the buffer now} A snapshot; it orders nothing.
  int len();

  /// {@return how many elements the buffer can hold} 0 for an unbuffered channel.
  int cap();

  /// Makes a case for `select` that sends an element. Make it once, use it for many selects.
  ///
  /// @param element what to send; not null; [SendCase#value(Object)] replaces it
  /// @return the case
  SendCase<T> onSend(T element);

  /// Makes a case for `select` that sends, but has nothing to send yet: give it something with
  /// [SendCase#value(Object)] before it is used.
  ///
  /// @return the case
  SendCase<T> onSend();
}
