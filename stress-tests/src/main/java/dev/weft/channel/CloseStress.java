package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.WaitNode;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// CH-12 to CH-15, CH-18. Hypothesis: an operation is either before a close or after it, for all
/// who take part in it.
///
/// In the results 1 is the element, or that it was sent; -1 means closed.
public final class CloseStress {
  private CloseStress() {}

  /// What was sent before the close is there after it.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Sent, and received after the close.")
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "The channel was closed before.")
  @Outcome(expect = FORBIDDEN, desc = "Sent after the close.")
  @State
  public static class VsSend {
    private final Channel<Integer> channel = Channel.make(1);

    @Actor
    public void sender(II_Result r) {
      r.r1 = Results.send(channel, 1);
    }

    @Actor
    public void closer(II_Result r) {
      channel.close();
      r.r2 = Results.receive(channel);
    }
  }

  /// The send looks at the flag before it takes the lock.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Sent, and received after the close.")
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "The channel was closed before.")
  @Outcome(
      id = "1, -1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Sent into a channel that was closed and drained.")
  @State
  public static class BrokenLooksBeforeLock {
    private final Channel<Integer> channel = Channel.make(1);

    @Actor
    public void sender(II_Result r) {
      if (channel.isClosed()) {
        r.r1 = Results.CLOSED;
        return;
      }
      channel.lock();
      r.r1 = channel.offer(1) ? Results.SENT : Results.NOTHING;
      channel.unlock();
    }

    @Actor
    public void closer(II_Result r) {
      channel.close();
      r.r2 = Results.receive(channel);
    }
  }

  /// A receiver comes while the channel is closed; it would wait for ever if it were overlooked.
  @JCStressTest
  @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "It finds the channel closed, or is told.")
  @Outcome(expect = FORBIDDEN, desc = "It has received what nobody sent.")
  @State
  public static class VsReceive {
    private final Channel<Integer> channel = Channel.make();

    @Actor
    public void receiver(II_Result r) {
      r.r1 = Results.receiveOrWait(channel);
    }

    @Actor
    public void closer(II_Result r) {
      r.r2 = channel.tryClose() ? 1 : 0;
    }
  }

  /// First those who wait are told, and then, in another critical section, the flag is set.
  @JCStressTest
  @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "It finds the channel closed, or is told.")
  @Outcome(
      id = "0, 1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "It came in between, and waits for a closed channel.")
  @State
  public static class BrokenClosesInTwoSteps {
    private final Channel<Integer> channel = Channel.make();
    private final Seat seat = Seat.unqueuedReceiver();
    private boolean foundClosed;

    @Actor
    public void receiver() {
      channel.lock();
      foundClosed = channel.isClosed();
      if (!foundClosed) {
        channel.receivers.add(seat.node);
      }
      channel.unlock();
    }

    @Actor
    public void closer(II_Result r) {
      channel.lock();
      WaitNode node = channel.receivers.poll();
      if (node != null) {
        node.decide(1);
      }
      channel.unlock();
      channel.lock();
      channel.markClosed();
      channel.unlock();
      r.r2 = 1;
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = foundClosed ? Results.CLOSED : seat.received();
    }
  }

  /// A receiver waits; somebody sends to it while the channel is closed.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Handed over.")
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Closed for both.")
  @Outcome(expect = FORBIDDEN, desc = "They do not agree.")
  @State
  public static class VsHandOver {
    private final Channel<Integer> channel = Channel.make();
    private final Seat receiver = Seat.receiver(channel);

    @Actor
    public void sender(II_Result r) {
      r.r1 = Results.send(channel, 1);
    }

    @Actor
    public void closer() {
      channel.close();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = receiver.received();
      channel.checkInvariants();
    }
  }

  /// A sender waits; somebody receives from it while the channel is closed.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Handed over.")
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Closed for both.")
  @Outcome(expect = FORBIDDEN, desc = "They do not agree.")
  @State
  public static class VsTake {
    private final Channel<Integer> channel = Channel.make();
    private final Seat sender = Seat.sender(channel, 1);

    @Actor
    public void receiver(II_Result r) {
      r.r2 = Results.receive(channel);
    }

    @Actor
    public void closer() {
      channel.close();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = sender.sent();
      channel.checkInvariants();
    }
  }
}
