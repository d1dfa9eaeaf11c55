package dev.weft.examples.words;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/// A bounded queue between goroutines that can be closed: what a channel is in Go.
///
/// Being bounded makes a fast sender wait for slow receivers, so that memory stays bounded however
/// large the tree is. It is put together from `java.util.concurrent`: a goroutine that blocks in
/// there lets others run, as one that waits for a channel does.
///
/// @param <T> the elements
final class Pipe<T> implements Sink<T> {

  /// The elements, each in an `Optional`; an empty one is the end.
  private final BlockingQueue<Optional<T>> queue = new LinkedBlockingQueue<>();

  private final Semaphore room;

  Pipe(int capacity) {
    room = new Semaphore(capacity);
  }

  /// Puts an element at the end of the queue, and waits while the queue is full. Not after close.
  @Override
  public void send(T element) throws InterruptedException {
    room.acquire();
    queue.add(Optional.of(element));
  }

  /// Says that no element will follow; called once, when all senders are done. Never waits.
  void close() {
    queue.add(Optional.empty());
  }

  /// Takes elements, and waits for them, until the pipe is closed and empty. Each element goes to
  /// one of those who call this.
  void forEach(Sink<? super T> receiver) throws InterruptedException {
    for (Optional<T> next = queue.take(); next.isPresent(); next = queue.take()) {
      room.release();
      receiver.send(next.get());
    }
    close(); // for the next receiver
  }
}
