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

/// Hypothesis: whoever queues up while the counter goes to zero is released, or finds it zero
/// (races R1 and R2 of WaitGroupState).
public final class WaitGroupReleaseStress {
  private WaitGroupReleaseStress() {}

  /// Results: whether it has queued up, and whether it was released (or had nothing to wait for).
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It has queued up, and was released.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It has found zero.")
  @Outcome(expect = FORBIDDEN, desc = "It waits for a counter that is zero.")
  @State
  public static class Queueing {
    private final WaitGroup group = new WaitGroup();
    private final Seat seat = new Seat();

    public Queueing() {
      group.add(1);
    }

    @Actor
    public void worker() {
      group.done();
    }

    @Actor
    public void waiter(II_Result r) {
      r.r1 = group.enqueueUnlessZero(group.queue(), seat.node) ? 1 : 0;
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = r.r1 == 0 || !seat.isPending() ? 1 : 0;
      group.checkInvariants();
    }
  }

  /// Looks at the counter, and counts itself afterwards.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It has queued up, and was released.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "It has found zero.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "It waits for ever.")
  @State
  public static class BrokenLookThenCount {
    private final WaitGroup group = new WaitGroup();
    private final Seat seat = new Seat();

    public BrokenLookThenCount() {
      group.add(1);
    }

    @Actor
    public void worker() {
      group.done();
    }

    @Actor
    public void waiter(II_Result r) {
      group.queue().lock();
      boolean waits = WaitGroupState.counter(group.word()) != 0;
      if (waits) {
        long seen;
        do {
          seen = group.word();
        } while (!group.cas(seen, seen + 1));
        group.queue().add(seat.node);
      }
      group.queue().unlock();
      r.r1 = waits ? 1 : 0;
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = r.r1 == 0 || !seat.isPending() ? 1 : 0;
    }
  }

  /// Somebody waits; one counts down while another one counts up. Results: whether the waiter was
  /// released, and the counter.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Down, released, up: used again.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Up, down: it waits on.")
  @Outcome(expect = FORBIDDEN, desc = "A counter that is wrong.")
  @State
  public static class Reuse {
    private final WaitGroup group = new WaitGroup();
    private final Seat seat = new Seat();

    public Reuse() {
      group.add(1);
      group.enqueueUnlessZero(group.queue(), seat.node);
    }

    @Actor
    public void down() {
      group.done();
    }

    @Actor
    public void up() {
      group.add(1);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = seat.isPending() ? 0 : 1;
      r.r2 = WaitGroupState.counter(group.word());
      group.checkInvariants();
    }
  }
}
