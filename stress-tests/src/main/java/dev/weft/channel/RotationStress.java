package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.WaitNode;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/// CH-6. Hypothesis: the slot that a receive frees goes to the sender that waits, and nobody sees
/// it free; so elements keep their order.
///
/// A channel of capacity 1 holds 1, and a sender waits with 2. In the first two tests another one,
/// who does not wait, comes with 3; their results are the first two elements received, and whether
/// 3 was sent.
public final class RotationStress {
  private RotationStress() {}

  /// The real receive.
  @JCStressTest
  @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "There was no room for 3.")
  @Outcome(id = "1, 2, 1", expect = ACCEPTABLE, desc = "3 came behind 2.")
  @Outcome(expect = FORBIDDEN, desc = "Out of order, or lost.")
  @State
  public static class OneStep {
    private final Channel<Integer> channel = Channel.make(1);
    private final Seat sender;

    public OneStep() {
      Results.send(channel, 1);
      sender = Seat.sender(channel, 2);
    }

    @Actor
    public void receiver(III_Result r) {
      r.r1 = Results.receive(channel);
      r.r2 = Results.receive(channel);
    }

    @Actor
    public void sender(III_Result r) {
      r.r3 = Results.send(channel, 3);
    }

    @Arbiter
    public void check(III_Result r) {
      channel.checkInvariants();
      if (sender.sent() != Results.SENT) {
        r.r2 = Results.WRONG;
      }
    }
  }

  /// The slot is freed in one critical section, and filled again in another.
  @JCStressTest
  @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "There was no room for 3.")
  @Outcome(id = "1, 2, 1", expect = ACCEPTABLE, desc = "3 came behind 2.")
  @Outcome(id = "1, 3, 1", expect = ACCEPTABLE_INTERESTING, desc = "3 overtook 2.")
  @State
  public static class BrokenTwoSteps {
    private final Channel<Integer> channel = Channel.make(1);

    public BrokenTwoSteps() {
      Results.send(channel, 1);
      Seat.sender(channel, 2);
    }

    private int receive() {
      channel.lock();
      int received = channel.len() == 0 ? 0 : (Integer) channel.removeFirst();
      channel.unlock();
      channel.lock();
      WaitNode node = channel.len() == 0 ? channel.senders.poll() : null;
      Object next = node == null ? null : node.element();
      if (node != null && next != null && node.decide(0)) {
        channel.append(next);
      }
      channel.unlock();
      return received;
    }

    @Actor
    public void receiver(III_Result r) {
      r.r1 = receive();
      r.r2 = receive();
    }

    @Actor
    public void sender(III_Result r) {
      r.r3 = Results.send(channel, 3);
    }
  }

  /// The sender goes on as soon as its wait is decided, while the receiver may still hold the lock,
  /// and receives without waiting. Results: what the receiver and the sender have.
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The sender finds what it has sent.")
  @Outcome(expect = FORBIDDEN, desc = "What it has sent is not there.")
  @State
  public static class SenderLooks {
    private final Channel<Integer> channel = Channel.make(1);
    private final Seat sender;

    public SenderLooks() {
      Results.send(channel, 1);
      sender = Seat.sender(channel, 2);
    }

    @Actor
    public void receiver(II_Result r) {
      r.r1 = Results.receive(channel);
    }

    @Actor
    public void sender(II_Result r) {
      sender.awaitDecision();
      r.r2 = Results.number(channel.tryReceive());
    }
  }

  /// One critical section, in which the buffer is empty for a moment.
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The sender finds what it has sent.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "What it has sent is not there.")
  @State
  public static class BrokenTakesAndAppends {
    private final Channel<Integer> channel = Channel.make(1);
    private final Seat sender;

    public BrokenTakesAndAppends() {
      Results.send(channel, 1);
      sender = Seat.sender(channel, 2);
    }

    @Actor
    public void receiver(II_Result r) {
      channel.lock();
      r.r1 = (Integer) channel.removeFirst();
      WaitNode node = Objects.requireNonNull(channel.senders.poll());
      Object next = Objects.requireNonNull(node.element());
      if (node.decide(0)) {
        channel.append(next);
      }
      channel.unlock();
    }

    @Actor
    public void sender(II_Result r) {
      sender.awaitDecision();
      r.r2 = Results.number(channel.tryReceive());
    }
  }
}
