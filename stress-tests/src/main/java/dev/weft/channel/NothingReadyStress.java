package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// SEL-5. Hypothesis: a select with a default that says "nothing is ready" means one moment. There
/// are two channels, and at each moment one of them has an element: somebody puts one into the
/// second channel before the one of the first is taken out.
///
/// Result: 1 if nothing was ready, else 0.
public final class NothingReadyStress {
  private NothingReadyStress() {}

  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "One was ready, or a lock was not to be had.")
  @Outcome(id = "1", expect = FORBIDDEN, desc = "Nothing ready: there was no such moment.")
  @State
  public static class AllLocks {
    private final Channel<Integer> full = Channel.make(1);
    private final Channel<Integer> empty = Channel.make(1);
    private final SelectCase first = empty.onReceive();
    private final SelectCase second = full.onReceive();

    public AllLocks() {
      full.trySend(1);
    }

    @Actor
    public void select(I_Result r) {
      r.r1 = NothingReady.of(2, first, second, null, null, null, null) ? 1 : 0;
    }

    @Actor
    public void move() {
      Results.send(empty, 1);
      Results.receive(full);
    }

    @Arbiter
    public void check() {
      full.checkInvariants();
      empty.checkInvariants();
    }
  }

  /// Lets go of the first lock before it takes the second one.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "One was ready, or a lock was not to be had.")
  @Outcome(
      id = "1",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Each was empty when it was looked at, but not both.")
  @State
  public static class BrokenOneLockAtATime {
    private final Channel<Integer> full = Channel.make(1);
    private final Channel<Integer> empty = Channel.make(1);
    private final SelectCase first = empty.onReceive();
    private final SelectCase second = full.onReceive();

    public BrokenOneLockAtATime() {
      full.trySend(1);
    }

    @Actor
    public void select(I_Result r) {
      boolean nothing =
          NothingReady.of(1, first, null, null, null, null, null)
              && NothingReady.of(1, second, null, null, null, null, null);
      r.r1 = nothing ? 1 : 0;
    }

    @Actor
    public void move() {
      Results.send(empty, 1);
      Results.receive(full);
    }
  }
}
