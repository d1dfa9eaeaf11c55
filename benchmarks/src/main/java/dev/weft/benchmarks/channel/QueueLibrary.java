package dev.weft.benchmarks.channel;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;

/// The queues of `java.util.concurrent`, on virtual threads: a `SynchronousQueue` for an unbuffered
/// channel, else an `ArrayBlockingQueue`. There is no select.
final class QueueLibrary extends VirtualThreads {

  @Override
  public Pipe pipe(int capacity) {
    return new QueuePipe(
        capacity == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(capacity));
  }

  @Override
  public Selector selector(Pipe... pipes) {
    throw new UnsupportedOperationException("queues have no select");
  }

  private record QueuePipe(BlockingQueue<Object> queue) implements Pipe {
    @Override
    public void send(Object element) throws InterruptedException {
      queue.put(element);
    }

    @Override
    public Object receive() throws InterruptedException {
      return queue.take();
    }
  }
}
