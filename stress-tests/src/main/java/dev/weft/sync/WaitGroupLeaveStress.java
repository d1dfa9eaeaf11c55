package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a waiter that gives up while the counter goes to zero is counted off once.
///
/// Results: how the wait has ended (1 timed out, 3 released), and how many wait by the word.
public final class WaitGroupLeaveStress {
  private WaitGroupLeaveStress() {}

  static WaitGroup awaitedBy(Seat seat) {
    WaitGroup group = new WaitGroup();
    group.add(1);
    group.enqueueUnlessZero(group.queue(), seat.node);
    return group;
  }

  /// The real one.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "3, 0"},
      expect = ACCEPTABLE,
      desc = "One or the other; nobody waits.")
  @Outcome(expect = FORBIDDEN, desc = "The count is wrong.")
  @State
  public static class AgainstRelease {
    private final Seat seat = new Seat();
    private final WaitGroup group = awaitedBy(seat);

    @Actor
    public void worker() {
      group.done();
    }

    @Actor
    public void waiter() {
      if (seat.timesOut()) {
        group.leave(group.queue(), seat.node);
      }
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = seat.outcome();
      r.r2 = WaitGroupState.waiters(group.word());
      group.checkInvariants();
    }
  }

  /// Counts itself off, whether it is still in the queue or not.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "3, 0"},
      expect = ACCEPTABLE,
      desc = "One or the other; nobody waits.")
  @Outcome(id = "1, -1", expect = ACCEPTABLE_INTERESTING, desc = "Counted off twice.")
  @State
  public static class BrokenLeavesTwice {
    private final Seat seat = new Seat();
    private final WaitGroup group = awaitedBy(seat);

    @Actor
    public void worker() {
      group.done();
    }

    @Actor
    public void waiter() {
      if (seat.timesOut()) {
        group.queue().lock();
        group.queue().remove(seat.node);
        long seen;
        do {
          seen = group.word();
        } while (!group.cas(seen, seen - 1));
        group.queue().unlock();
      }
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = seat.outcome();
      r.r2 = WaitGroupState.waiters(group.word());
    }
  }
}
