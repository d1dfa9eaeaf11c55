package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.WaitQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a signal that meets a waiter which gives up goes to it or to the next one.
///
/// Results: how the waits of the first and the second one have ended (0 not yet, 1 timed out, 3
/// signalled).
public final class CondLeaveStress {
  private CondLeaveStress() {}

  /// Two wait; the first one times out.
  @JCStressTest
  @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "The first one has the signal.")
  @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "The first one has left; the next has it.")
  @Outcome(expect = FORBIDDEN, desc = "The signal is lost, or doubled.")
  @State
  public static class SignalAgainstTimeout {
    private final NotifyList waiting = new NotifyList();
    private final Seat first = new Seat();
    private final Seat second = new Seat();

    public SignalAgainstTimeout() {
      waiting.enqueue(first.node);
      waiting.enqueue(second.node);
    }

    @Actor
    public void signaller() {
      waiting.signal();
    }

    @Actor
    public void waiter() {
      if (first.timesOut()) {
        waiting.dequeue(first.node);
      }
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = first.outcome();
      r.r2 = second.outcome();
      waiting.checkInvariants();
    }
  }

  /// The signal is spent on the first one in the queue, whether it has left or not.
  @JCStressTest
  @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "The first one has the signal.")
  @Outcome(id = "1, 3", expect = ACCEPTABLE, desc = "The first one has left; the next has it.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "The signal is lost.")
  @State
  public static class BrokenFirstOnly {
    private final WaitQueue queue = new WaitQueue();
    private final Seat first = new Seat();
    private final Seat second = new Seat();

    public BrokenFirstOnly() {
      queue.add(first.node);
      queue.add(second.node);
    }

    @Actor
    public void signaller() {
      queue.lock();
      queue.poll().decide(0);
      queue.unlock();
    }

    @Actor
    public void waiter() {
      if (first.timesOut()) {
        queue.lock();
        queue.remove(first.node);
        queue.unlock();
      }
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = first.outcome();
      r.r2 = second.outcome();
    }
  }
}
