package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.Waiter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: an element whose send times out stays with its sender, and one that is received has
/// been sent.
///
/// Results: whether it was sent, and what was received.
public final class TimeoutStress {
  private static final Duration TIMEOUT = Duration.ofNanos(20_000);

  /// A wait that short takes longer, mostly because of the two switches of threads.
  private static final int LONGEST_NANOS = 120_000;

  private TimeoutStress() {}

  /// Both take so long that without it they would not be at the same state at the same time.
  private static void meet(AtomicInteger present) {
    present.incrementAndGet();
    while (present.get() < 2) {
      Thread.onSpinWait();
    }
  }

  private static void pause() {
    long start = System.nanoTime();
    int nanos = ThreadLocalRandom.current().nextInt(LONGEST_NANOS);
    while (System.nanoTime() - start < nanos) {
      Thread.onSpinWait();
    }
  }

  /// The sender's wait times out when a receiver comes.
  @JCStressTest
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Sent and received.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Timed out; nothing received.")
  @Outcome(expect = FORBIDDEN, desc = "The element is lost, or in two places.")
  @State
  public static class Send {
    private final Channel<Integer> channel = Channel.make();
    private final AtomicInteger present = new AtomicInteger();

    @Actor
    public void sender(II_Result r) {
      meet(present);
      try {
        r.r1 = channel.send(5, TIMEOUT) ? 1 : 0;
      } catch (InterruptedException e) {
        r.r1 = Results.INTERRUPTED;
      }
    }

    @Actor
    public void receiver(II_Result r) {
      meet(present);
      pause();
      r.r2 = Results.number(channel.tryReceive());
    }
  }

  /// The receiver's wait times out when a sender comes.
  @JCStressTest
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Sent and received.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Timed out; nothing sent.")
  @Outcome(expect = FORBIDDEN, desc = "The element is lost, or in two places.")
  @State
  public static class Receive {
    private final Channel<Integer> channel = Channel.make();
    private final AtomicInteger present = new AtomicInteger();

    @Actor
    public void sender(II_Result r) {
      meet(present);
      pause();
      r.r1 = channel.trySend(5) ? 1 : 0;
    }

    @Actor
    public void receiver(II_Result r) {
      meet(present);
      try {
        r.r2 = Results.number(channel.receive(TIMEOUT));
      } catch (InterruptedException e) {
        r.r2 = Results.INTERRUPTED;
      }
    }
  }

  /// The sender finds its wait undecided, and leaves the queue without deciding it.
  @JCStressTest
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Sent and received.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Timed out; nothing received.")
  @Outcome(
      id = "0, 5",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Received, and still with its sender.")
  @State
  public static class BrokenSendLeavesUndecided {
    private final Channel<Integer> channel = Channel.make();
    private final Seat seat = Seat.sender(channel, 5);

    @Actor
    public void sender(II_Result r) {
      if (seat.outcome() == Waiter.PENDING) {
        seat.remove(channel, channel.senders);
        r.r1 = 0;
      } else {
        r.r1 = seat.sent();
      }
    }

    @Actor
    public void receiver(II_Result r) {
      r.r2 = Results.receive(channel);
    }
  }
}
