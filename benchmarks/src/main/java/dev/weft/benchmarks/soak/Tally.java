package dev.weft.benchmarks.soak;

import java.util.concurrent.atomic.LongAdder;

/// What went into channels and what came out, and how waits ended.
final class Tally {
  private final LongAdder sent = new LongAdder();
  private final LongAdder sentSum = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder receivedSum = new LongAdder();
  private final LongAdder interrupted = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder closed = new LongAdder();

  void sent(long element) {
    sent.increment();
    sentSum.add(element);
  }

  void received(long element) {
    received.increment();
    receivedSum.add(element);
  }

  void interrupted() {
    interrupted.increment();
  }

  void timedOut() {
    timedOut.increment();
  }

  void closed() {
    closed.increment();
  }

  /// Fails unless what came out is what went in. When all that send and receive have ended.
  void check() {
    if (sent.sum() != received.sum() || sentSum.sum() != receivedSum.sum()) {
      throw new SoakFailure(
          "elements were lost or made up: %d sent with the sum %d, %d received with the sum %d"
              .formatted(sent.sum(), sentSum.sum(), received.sum(), receivedSum.sum()));
    }
  }

  @Override
  public String toString() {
    return "%,d elements, %,d waits interrupted, %,d refused or timed out, %,d ended by close"
        .formatted(received.sum(), interrupted.sum(), timedOut.sum(), closed.sum());
  }
}
