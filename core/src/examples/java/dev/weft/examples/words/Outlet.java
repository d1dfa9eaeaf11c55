package dev.weft.examples.words;

import static dev.weft.Go.selectOrdered;
import static dev.weft.Go.trySelect;

import dev.weft.channel.ReceiveCase;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.SendCase;
import dev.weft.channel.SendChannel;

/// The way from one goroutine into a channel, until it is told to stop. Each goroutine makes its
/// own.
///
/// Its end shows as an [InterruptedException], so that those who send need not know how they were
/// stopped.
///
/// @param <T> the elements
final class Outlet<T> implements Sink<T> {

  private final SendCase<T> out;
  private final ReceiveCase<?> done;

  /// @param out where the elements go
  /// @param done is closed to stop who sends
  static <T> Outlet<T> to(SendChannel<T> out, ReceiveChannel<?> done) {
    return new Outlet<>(out.onSend(), done.onReceive());
  }

  private Outlet(SendCase<T> out, ReceiveCase<?> done) {
    this.out = out;
    this.done = done;
  }

  /// Sends an element, and waits until there is room for it; unless it is told to stop: that comes
  /// first, so that nothing is sent any more once `done` is closed.
  @Override
  public void send(T element) throws InterruptedException {
    if (selectOrdered(done, out.value(element)) == 0) {
      throw stopped();
    }
    out.clear();
  }

  @Override
  public void checkWanted() throws InterruptedException {
    Sink.super.checkWanted();
    if (trySelect(done) == 0) {
      throw stopped();
    }
  }

  private static InterruptedException stopped() {
    return new InterruptedException("told to stop");
  }
}
