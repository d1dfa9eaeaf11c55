package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a receiver that has found nothing and prepares to wait does not miss what is sent
/// meanwhile, since it looks again in the critical section in which it joins the queue; and so a
/// sender that has found no room.
public final class RecheckStress {
  private RecheckStress() {}

  /// A receiver comes, and an element. A lost wake-up would hang this test.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Sent and received.")
  @Outcome(expect = FORBIDDEN, desc = "The element is lost.")
  @State
  public static class Receive {
    private final Channel<Integer> channel = Channel.make(1);

    @Actor
    public void receiver(II_Result r) {
      r.r1 = Results.receiveOrWait(channel);
    }

    @Actor
    public void sender(II_Result r) {
      r.r2 = Results.send(channel, 1);
    }
  }

  /// A sender comes to a full buffer, and a receiver. A lost wake-up would hang this test.
  @JCStressTest
  @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "Received, and the next one sent.")
  @Outcome(expect = FORBIDDEN, desc = "An element is lost.")
  @State
  public static class Send {
    private final Channel<Integer> channel = Channel.make(1);

    public Send() {
      Results.send(channel, 7);
    }

    @Actor
    public void sender(II_Result r) {
      r.r1 = Results.sendOrWait(channel, 8);
    }

    @Actor
    public void receiver(II_Result r) {
      r.r2 = Results.receive(channel);
    }
  }

  /// The receiver looks, and joins the queue without another look.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Sent and received.")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "It waits beside an element: a lost wake-up.")
  @State
  public static class BrokenReceiveWithoutRecheck {
    private final Channel<Integer> channel = Channel.make(1);
    private final Seat seat = Seat.unqueuedReceiver();
    private int found;

    @Actor
    public void receiver() {
      found = Results.receive(channel);
      if (found == Results.NOTHING) {
        channel.lock();
        channel.receivers.add(seat.node);
        channel.unlock();
      }
    }

    @Actor
    public void sender(II_Result r) {
      r.r2 = Results.send(channel, 1);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = found == Results.NOTHING ? seat.received() : found;
    }
  }
}
