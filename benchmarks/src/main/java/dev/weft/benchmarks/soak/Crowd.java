package dev.weft.benchmarks.soak;

import dev.weft.Go;
import dev.weft.channel.Channel;
import dev.weft.channel.ChannelClosedException;

/// Many goroutines that block on channels nobody serves; some are interrupted, and a close must
/// release all others. A goroutine that stays makes the round hang, which the round reports.
final class Crowd {
  private static final int SIZE = 300;

  private final Tally tally;
  private final Channel<Long> empty = Channel.make();
  private final Channel<Long> full = Channel.make();
  private final Channel<Long> never = Channel.nil();

  Crowd(Tally tally) {
    this.tally = tally;
  }

  void start(Round round) {
    for (int i = 0; i < SIZE; i++) {
      switch (i % 3) {
        case 0 -> round.startInterruptible("receiver", this::receive);
        case 1 -> round.startInterruptible("sender", this::send);
        default -> round.startInterruptible("selector", this::select);
      }
    }
    round.start(
        "closer",
        () -> {
          Thread.sleep(20);
          empty.close();
          full.close();
        });
  }

  private void receive() {
    try {
      if (empty.receive() != null) {
        throw new IllegalStateException("received what nobody sent");
      }
      tally.closed();
    } catch (InterruptedException e) {
      tally.interrupted();
    }
  }

  private void send() {
    try {
      full.send(1L);
      throw new IllegalStateException("sent to nobody");
    } catch (ChannelClosedException e) {
      tally.closed();
    } catch (InterruptedException e) {
      tally.interrupted();
    }
  }

  private void select() {
    try {
      int index = Go.select(never.onReceive(), empty.onReceive(), never.onSend(1L));
      if (index != 1) {
        throw new IllegalStateException("chose a case of a nil channel: " + index);
      }
      tally.closed();
    } catch (InterruptedException e) {
      tally.interrupted();
    }
  }
}
