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

/// CH-19. Hypothesis: a send that does not wait never says "no receiver, and open" about a channel
/// at which a receiver waited until it was closed.
///
/// Results: whether it was sent, -1 for closed, and what the receiver has, the element or -1.
public final class TrySendStress {
  private TrySendStress() {}

  private static int trySend(Channel<Integer> channel) {
    try {
      return channel.trySend(1) ? Results.SENT : Results.NOTHING;
    } catch (ChannelClosedException closed) {
      return Results.CLOSED;
    }
  }

  /// First whether there is a receiver, then whether it is closed.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Handed over.")
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Closed for both.")
  @Outcome(expect = FORBIDDEN, desc = "There was a receiver as long as it was open.")
  @State
  public static class FullThenClosed {
    private final Channel<Integer> channel = Channel.make();
    private final Seat receiver = Seat.receiver(channel);

    @Actor
    public void sender(II_Result r) {
      r.r1 = trySend(channel);
    }

    @Actor
    public void closer() {
      channel.close();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = receiver.received();
    }
  }

  /// The other way round.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Handed over.")
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Closed for both.")
  @Outcome(
      id = "0, -1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "There was a receiver as long as it was open.")
  @State
  public static class BrokenClosedThenFull {
    private final Channel<Integer> channel = Channel.make();
    private final Seat receiver = Seat.receiver(channel);

    @Actor
    public void sender(II_Result r) {
      boolean open = !channel.isClosed();
      boolean full = channel.receivers.looksEmpty();
      r.r1 = open && full ? Results.NOTHING : trySend(channel);
    }

    @Actor
    public void closer() {
      channel.close();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = receiver.received();
    }
  }
}
