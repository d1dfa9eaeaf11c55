package dev.weft.benchmarks.soak;

import dev.weft.Go;
import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveCase;
import dev.weft.channel.Received;
import java.time.Duration;
import java.util.SplittableRandom;

/// Receives from two channels until both are closed and drained.
final class Consumer {
  private static final int LONGEST_WAIT_NANOS = 300_000;

  private final Channel<Long> left;
  private final Channel<Long> right;
  private final ReceiveCase<Long> fromLeft;
  private final ReceiveCase<Long> fromRight;
  private final SplittableRandom random;
  private final Tally tally;

  Consumer(Channel<Long> left, Channel<Long> right, SplittableRandom random, Tally tally) {
    this.left = left;
    this.right = right;
    this.fromLeft = left.onReceive();
    this.fromRight = right.onReceive();
    this.random = random;
    this.tally = tally;
  }

  /// Receives, in a way chosen at random each time.
  void run() {
    while (fromLeft.isEnabled() || fromRight.isEnabled()) {
      Duration wait = Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS));
      try {
        switch (random.nextInt(5)) {
          case 0 -> one(wait);
          case 1 -> took(Go.selectWithin(wait, fromLeft, fromRight));
          case 2 -> took(Go.trySelect(fromLeft, fromRight));
          default -> took(Go.select(fromLeft, fromRight));
        }
      } catch (InterruptedException e) {
        tally.interrupted();
      }
    }
  }

  private void took(int index) {
    if (index < 0) {
      tally.timedOut();
      return;
    }
    ReceiveCase<Long> chosen = index == 0 ? fromLeft : fromRight;
    Long element = chosen.value();
    if (chosen.ok() && element != null) {
      tally.received(element);
    } else {
      chosen.enabled(false);
      tally.closed();
    }
  }

  /// Without select. That a channel is closed is left for select to find.
  private void one(Duration wait) throws InterruptedException {
    Channel<Long> channel = random.nextBoolean() ? left : right;
    Received<Long> received =
        switch (random.nextInt(3)) {
          case 0 -> channel.tryReceive();
          case 1 -> channel.receive(wait);
          default -> channel.isClosed() ? channel.receiveOk() : channel.receive(wait);
        };
    Long element = received.value();
    if (received.ok() && element != null) {
      tally.received(element);
    } else if (received.isEmpty()) {
      tally.timedOut();
    }
  }
}
