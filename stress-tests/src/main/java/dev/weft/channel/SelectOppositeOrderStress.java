package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// SEL-9. Hypothesis: selects that name the same channels in different orders do not wait for each
/// other's locks in a circle (invariant I1 of Selection).
public final class SelectOppositeOrderStress {
  private SelectOppositeOrderStress() {}

  /// Two selects that find nothing, which takes all locks. A deadlock would hang this test.
  @JCStressTest
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Both found nothing.")
  @Outcome(expect = FORBIDDEN, desc = "One found what is not there.")
  @State
  public static class LockOrder {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final ReceiveCase<Integer> oneFirst = first.onReceive();
    private final ReceiveCase<Integer> oneSecond = second.onReceive();
    private final ReceiveCase<Integer> otherFirst = first.onReceive();
    private final ReceiveCase<Integer> otherSecond = second.onReceive();

    @Actor
    public void one(II_Result r) {
      r.r1 = Select.trySelect(oneFirst, oneSecond);
    }

    @Actor
    public void other(II_Result r) {
      r.r2 = Select.trySelect(otherSecond, otherFirst);
    }

    @Arbiter
    public void check() {
      first.checkInvariants();
      second.checkInvariants();
    }
  }

  /// Locks are taken in the order of the arguments. Who holds one, and finds that the other holds
  /// the second one and waits, gives up: 1.
  @JCStressTest
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = {"0, 1", "1, 0", "1, 1"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A deadlock.")
  @State
  public static class BrokenArgumentOrder {
    private final AtomicBoolean first = new AtomicBoolean();
    private final AtomicBoolean second = new AtomicBoolean();
    private volatile boolean oneWaits;
    private volatile boolean otherWaits;

    private static void lock(AtomicBoolean lock) {
      while (!lock.compareAndSet(false, true)) {
        Thread.onSpinWait();
      }
    }

    @Actor
    public void one(II_Result r) {
      lock(first);
      oneWaits = true;
      while (!second.compareAndSet(false, true)) {
        if (otherWaits) {
          r.r1 = 1;
          first.set(false);
          return;
        }
      }
      oneWaits = false;
      second.set(false);
      first.set(false);
    }

    @Actor
    public void other(II_Result r) {
      lock(second);
      otherWaits = true;
      while (!first.compareAndSet(false, true)) {
        if (oneWaits) {
          r.r2 = 1;
          second.set(false);
          return;
        }
      }
      otherWaits = false;
      first.set(false);
      second.set(false);
    }
  }
}
