package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.WaitNode;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// CH-1, CH-3. Hypothesis: a receiver that waits finds the element in its queue entry as soon as it
/// sees that its wait is decided, without the lock.
///
/// Results: what the sender says, and what the receiver has.
public final class HandOffStress {
  private HandOffStress() {}

  /// Both sides block: neither waits for ever.
  @JCStressTest
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "They met.")
  @Outcome(expect = FORBIDDEN, desc = "The element is lost.")
  @State
  public static class SendMeetsReceive {
    private final Channel<Integer> channel = Channel.make();

    @Actor
    public void sender(II_Result r) {
      r.r1 = Results.sendOrWait(channel, 42);
    }

    @Actor
    public void receiver(II_Result r) {
      r.r2 = Results.receiveOrWait(channel);
    }
  }

  /// The element is written into the entry before the wait is decided.
  @JCStressTest
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "The receiver has the element.")
  @Outcome(expect = FORBIDDEN, desc = "Decided, but there is no element.")
  @State
  public static class PublishThenDecide {
    private final Channel<Integer> channel = Channel.make();
    private final Seat receiver = Seat.receiver(channel);

    @Actor
    public void sender(II_Result r) {
      r.r1 = Results.send(channel, 42);
    }

    @Actor
    public void receiver(II_Result r) {
      receiver.awaitDecision();
      r.r2 = receiver.received();
    }
  }

  /// The other way round.
  @JCStressTest
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "The receiver has the element.")
  @Outcome(
      id = "1, 99",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Decided, but there is no element.")
  @State
  public static class BrokenDecideThenPublish {
    private final Channel<Integer> channel = Channel.make();
    private final Seat receiver = Seat.receiver(channel);

    @Actor
    public void sender(II_Result r) {
      channel.lock();
      WaitNode node = Objects.requireNonNull(channel.receivers.poll());
      r.r1 = node.decide(0) ? 1 : 0;
      node.element(42);
      channel.unlock();
    }

    @Actor
    public void receiver(II_Result r) {
      receiver.awaitDecision();
      r.r2 = receiver.received();
    }
  }
}
