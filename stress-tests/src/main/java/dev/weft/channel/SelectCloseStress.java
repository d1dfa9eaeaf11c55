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

/// SEL-14. Hypothesis: a select notices that one of its channels is closed, whenever that happens,
/// and leaves nothing in the queues of the others.
public final class SelectCloseStress {
  private SelectCloseStress() {}

  /// A receive case. It would wait for ever if it were overlooked. Results: the index that was
  /// chosen, and whether there was an element.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Closed.")
  @Outcome(expect = FORBIDDEN, desc = "The other case was chosen, or there was an element.")
  @State
  public static class Receive {
    private final Channel<Integer> open = Channel.make();
    private final Channel<Integer> closed = Channel.make();
    private final ReceiveCase<Integer> openCase = open.onReceive();
    private final ReceiveCase<Integer> closedCase = closed.onReceive();

    @Actor
    public void select(II_Result r) {
      r.r1 = Results.select(openCase, closedCase);
      r.r2 = closedCase.ok() ? 1 : 0;
    }

    @Actor
    public void closer() {
      closed.close();
    }

    @Arbiter
    public void check(II_Result r) {
      open.checkInvariants();
      closed.checkInvariants();
      if (!open.receivers.isEmpty()) {
        r.r2 = Results.WRONG;
      }
    }
  }

  /// A send case, and a peer for the other case that comes before the close. Results: what the
  /// select received, or -1 if it threw; and whether the peer has sent.
  @JCStressTest
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The peer came when the select waited.")
  @Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "The peer came too early; closed.")
  @Outcome(expect = FORBIDDEN, desc = "They do not agree.")
  @State
  public static class Send {
    private final Channel<Integer> open = Channel.make();
    private final Channel<Integer> closed = Channel.make();
    private final ReceiveCase<Integer> openCase = open.onReceive();
    private final SendCase<Integer> closedCase = closed.onSend(1);

    @Actor
    public void select(II_Result r) {
      int chosen = Results.select(openCase, closedCase);
      r.r1 = chosen == 0 ? Results.element(openCase.value()) : chosen;
    }

    @Actor
    public void closer(II_Result r) {
      r.r2 = Results.send(open, 2);
      closed.close();
    }

    @Arbiter
    public void check(II_Result r) {
      open.checkInvariants();
      closed.checkInvariants();
      if (!open.receivers.isEmpty()) {
        r.r2 = Results.WRONG;
      }
    }
  }

  /// The select looks with all locks held, releases them, and joins the queues without another
  /// look.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Closed.")
  @Outcome(
      id = "-1, 0",
      expect = ACCEPTABLE_INTERESTING,
      desc = "It waits for a channel that is closed.")
  @State
  public static class BrokenQueuesWithoutRecheck {
    private final Channel<Integer> open = Channel.make();
    private final Channel<Integer> closed = Channel.make();
    private final SelectSeat select = new SelectSeat(open.onReceive(), closed.onReceive());

    @Actor
    public void select() {
      if (!select.perform()) {
        select.queue();
      }
    }

    @Actor
    public void closer() {
      closed.close();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = select.finish();
    }
  }
}
