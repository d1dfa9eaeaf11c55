package dev.weft.internal.park;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a wait ends in exactly one way, and everybody who tried to end it knows in which
/// (race R2 of Waiter). What a peer writes before it decides, the owner sees.
///
/// The peer writes an element and decides; against it the owner gives up because of an interrupt,
/// or an alarm times the wait out. Results: whether the peer decided; and what the owner has, the
/// element or the negated code.
public class WaiterOutcomeStress {
  private static final int GRANTED = Waiter.FIRST_PEER_CODE;
  private static final int ELEMENT = 42;

  private WaiterOutcomeStress() {}

  private static Waiter newWaiter() {
    return new Waiter(Thread.currentThread());
  }

  /// The owner decides when it finds itself interrupted, as `await` does.
  @JCStressTest
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "Delivered; the owner has the element.")
  @Outcome(id = "0, -2", expect = ACCEPTABLE, desc = "Interrupted; the peer tries the next entry.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, delivered twice, or delivered without the element.")
  @State
  public static class PeerVsInterrupt {
    private final Waiter waiter = newWaiter();
    private final long ticket = waiter.arm();
    private int element;

    @Actor
    public void peer(II_Result r) {
      element = ELEMENT;
      r.r1 = waiter.decide(ticket, GRANTED) ? 1 : 0;
    }

    @Actor
    public void owner(II_Result r) {
      int code =
          waiter.decide(ticket, Waiter.INTERRUPTED) ? Waiter.INTERRUPTED : waiter.outcome(ticket);
      r.r2 = code == GRANTED ? element : -code;
    }
  }

  /// An alarm goes off; the owner looks when both are done.
  @JCStressTest
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "Delivered; the alarm was too late.")
  @Outcome(id = "0, -1", expect = ACCEPTABLE, desc = "Timed out; the peer tries the next entry.")
  @Outcome(expect = FORBIDDEN, desc = "The alarm and the peer do not agree on who was first.")
  @State
  public static class PeerVsAlarm {
    private final Waiter waiter = newWaiter();
    private final long ticket = waiter.arm();
    private int element;
    private boolean timedOut;

    @Actor
    public void peer(II_Result r) {
      element = ELEMENT;
      r.r1 = waiter.decide(ticket, GRANTED) ? 1 : 0;
    }

    @Actor
    public void alarm() {
      timedOut = waiter.decide(ticket, Waiter.TIMED_OUT);
    }

    @Arbiter
    public void owner(II_Result r) {
      int code = waiter.outcome(ticket);
      int seen = code == GRANTED ? element : -code;
      r.r2 = timedOut == (code == Waiter.TIMED_OUT) ? seen : 99;
    }
  }

  /// The alarm goes off while the owner finds itself interrupted.
  @JCStressTest
  @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "Timed out; the owner keeps its flag.")
  @Outcome(id = "0, -2", expect = ACCEPTABLE, desc = "Interrupted; the alarm was too late.")
  @Outcome(expect = FORBIDDEN, desc = "The alarm and the owner do not agree on who was first.")
  @State
  public static class AlarmVsInterrupt {
    private final Waiter waiter = newWaiter();
    private final long ticket = waiter.arm();

    @Actor
    public void alarm(II_Result r) {
      r.r1 = waiter.decide(ticket, Waiter.TIMED_OUT) ? 1 : 0;
    }

    @Actor
    public void owner(II_Result r) {
      boolean mine = waiter.decide(ticket, Waiter.INTERRUPTED);
      r.r2 = -(mine ? Waiter.INTERRUPTED : waiter.outcome(ticket));
    }
  }

  /// The outcome is checked, then stored.
  @JCStressTest
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "Delivered; the owner has the element.")
  @Outcome(id = "0, -2", expect = ACCEPTABLE, desc = "Interrupted; the peer tries the next entry.")
  @Outcome(id = "1, -2", expect = ACCEPTABLE_INTERESTING, desc = "Both won: the element is lost.")
  @State
  public static class BrokenCheckThenStore {
    private volatile int outcome;
    private int element;

    private boolean decide(int code) {
      if (outcome != Waiter.PENDING) {
        return false;
      }
      outcome = code;
      return true;
    }

    @Actor
    public void peer(II_Result r) {
      element = ELEMENT;
      r.r1 = decide(GRANTED) ? 1 : 0;
    }

    @Actor
    public void owner(II_Result r) {
      int code = decide(Waiter.INTERRUPTED) ? Waiter.INTERRUPTED : outcome;
      r.r2 = code == GRANTED ? element : -code;
    }
  }
}
