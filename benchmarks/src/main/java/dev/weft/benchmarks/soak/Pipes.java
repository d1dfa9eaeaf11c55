package dev.weft.benchmarks.soak;

import dev.weft.Go;
import dev.weft.channel.Channel;
import dev.weft.channel.SendCase;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Producers and consumers over two channels, by all operations, while they are interrupted. The
/// last producer closes the channels, and the consumers end when they have drained them.
final class Pipes {
  private static final int PRODUCERS = 4;
  private static final int CONSUMERS = 4;
  private static final int ELEMENTS = 2_000;
  private static final int LONGEST_WAIT_NANOS = 300_000;

  private final SplittableRandom random;
  private final Tally tally;
  private final Channel<Long> left;
  private final Channel<Long> right;
  private final AtomicInteger producing = new AtomicInteger(PRODUCERS);

  Pipes(SplittableRandom random, Tally tally) {
    this.random = random;
    this.tally = tally;
    left = Channel.make(random.nextInt(3));
    right = Channel.make(random.nextInt(17));
  }

  void start(Round round) {
    for (int i = 0; i < PRODUCERS; i++) {
      SplittableRandom mine = random.split();
      round.startInterruptible("producer", () -> produce(mine));
    }
    for (int i = 0; i < CONSUMERS; i++) {
      SplittableRandom mine = random.split();
      round.startInterruptible("consumer", () -> new Consumer(left, right, mine, tally).run());
    }
  }

  private void produce(SplittableRandom mine) {
    SendCase<Long> toLeft = left.onSend();
    SendCase<Long> toRight = right.onSend();
    for (int i = 0; i < ELEMENTS; i++) {
      long element = mine.nextLong(1L << 32);
      try {
        if (send(element, mine, toLeft, toRight)) {
          tally.sent(element);
        } else {
          tally.timedOut();
        }
      } catch (InterruptedException e) {
        tally.interrupted();
      }
    }
    if (producing.decrementAndGet() == 0) {
      left.close();
      right.close();
    }
  }

  /// Offers an element in a way chosen at random.
  ///
  /// @return whether it was taken
  private boolean send(
      Long element, SplittableRandom mine, SendCase<Long> toLeft, SendCase<Long> toRight)
      throws InterruptedException {
    Channel<Long> one = mine.nextBoolean() ? left : right;
    Duration wait = Duration.ofNanos(mine.nextInt(LONGEST_WAIT_NANOS));
    return switch (mine.nextInt(6)) {
      case 0 -> one.trySend(element);
      case 1 -> one.send(element, wait);
      case 2 -> Go.selectWithin(wait, toLeft.value(element), toRight.value(element)) >= 0;
      case 3 -> Go.select(toLeft.value(element), toRight.value(element)) >= 0;
      default -> {
        one.send(element);
        yield true;
      }
    };
  }
}
