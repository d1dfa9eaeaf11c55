package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// CH-21. Hypothesis: a receive that does not wait never says "empty and open" about a channel that
/// was never both, although it looks at one after the other and without the lock.
///
/// The channel holds 1; one closes it and then receives. Results: what that one and the other have
/// received, 1 or -1, closed; 0 is empty and open.
public final class TryReceiveStress {
  private TryReceiveStress() {}

  /// First whether it is empty, then whether it is closed.
  @JCStressTest
  @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "The one who closed it has the element.")
  @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "The other has it.")
  @Outcome(expect = FORBIDDEN, desc = "Empty and open it never was.")
  @State
  public static class EmptyThenClosed {
    private final Channel<Integer> channel = Channel.make(1);

    public EmptyThenClosed() {
      Results.send(channel, 1);
    }

    @Actor
    public void closer(II_Result r) {
      channel.close();
      r.r1 = Results.receive(channel);
    }

    @Actor
    public void receiver(II_Result r) {
      r.r2 = Results.number(channel.tryReceive());
    }
  }

  /// The other way round.
  @JCStressTest
  @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "The one who closed it has the element.")
  @Outcome(id = "-1, 1", expect = ACCEPTABLE, desc = "The other has it.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "Empty and open it never was.")
  @State
  public static class BrokenClosedThenEmpty {
    private final Channel<Integer> channel = Channel.make(1);

    public BrokenClosedThenEmpty() {
      Results.send(channel, 1);
    }

    @Actor
    public void closer(II_Result r) {
      channel.close();
      r.r1 = Results.receive(channel);
    }

    @Actor
    public void receiver(II_Result r) {
      boolean open = !channel.isClosed();
      boolean empty = channel.len() == 0;
      r.r2 = open && empty ? Results.NOTHING : Results.receive(channel);
    }
  }
}
