package dev.weft.benchmarks.soak;

import dev.weft.Go;
import dev.weft.channel.Channel;
import java.time.Duration;
import java.util.SplittableRandom;

/// Waits that must time out, because nobody serves the channels.
final class Deadlines {
  private static final int SIZE = 200;
  private static final int LONGEST_WAIT_NANOS = 5_000_000;

  private final SplittableRandom random;
  private final Tally tally;
  private final Channel<Long> empty = Channel.make();
  private final Channel<Long> full = Channel.make();

  Deadlines(SplittableRandom random, Tally tally) {
    this.random = random;
    this.tally = tally;
  }

  void start(Round round) {
    for (int i = 0; i < SIZE; i++) {
      Duration wait = Duration.ofNanos(random.nextInt(LONGEST_WAIT_NANOS));
      int kind = i % 3;
      round.startInterruptible("waiter", () -> await(kind, wait));
    }
  }

  private void await(int kind, Duration wait) {
    try {
      boolean timedOut =
          switch (kind) {
            case 0 -> empty.receive(wait).isEmpty();
            case 1 -> !full.send(1L, wait);
            default -> Go.selectWithin(wait, empty.onReceive(), full.onSend(1L)) < 0;
          };
      if (!timedOut) {
        throw new IllegalStateException("a wait that nobody answers did not time out");
      }
      tally.timedOut();
    } catch (InterruptedException e) {
      tally.interrupted();
    }
  }
}
