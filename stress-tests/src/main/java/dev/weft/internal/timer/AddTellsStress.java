package dev.weft.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Hypothesis: whoever adds a timer that a sleeper does not know of is told to wake it (TMR-20,
/// race R2 of NextDeadline), since a runner never lowers the word in the adder's place.
///
/// A timer for 100 was cancelled, and a sleeper has read 100. A runner comes by, which has a
/// deadline to work out anew, while a timer for 50 is added. Results: what add returned, whether
/// the next deadline is 50 or earlier afterwards.
public class AddTellsStress {
  private AddTellsStress() {}

  /// The real shard.
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The adder wakes the sleeper.")
  @Outcome(id = "false, true", expect = FORBIDDEN, desc = "Nobody wakes the sleeper.")
  @Outcome(expect = FORBIDDEN, desc = "The deadline is lost.")
  @State
  public static class OnlyAddersLower {
    private final TimerShard shard = StressNode.newShard();

    public OnlyAddersLower() {
      StressNode node = new StressNode(100);
      shard.add(node);
      node.cancel();
    }

    @Actor
    public void runner() {
      shard.runDue(20);
    }

    @Actor
    public void adder(ZZ_Result r) {
      r.r1 = shard.add(new StressNode(50));
    }

    @Arbiter
    public void arbiter(ZZ_Result r) {
      r.r2 = shard.nextDeadline() <= 50;
    }
  }

  /// The same inbox, heap and word, but the runner writes the earliest deadline it found even if
  /// that is earlier than before.
  @JCStressTest
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "The adder wakes the sleeper.")
  @Outcome(id = "false, true", expect = ACCEPTABLE_INTERESTING, desc = "Nobody wakes the sleeper.")
  @State
  public static class BrokenRunnerLowers {
    private final TimerInbox inbox = new TimerInbox();
    private final TimerHeap heap = new TimerHeap();
    private final NextDeadline next = new NextDeadline();

    public BrokenRunnerLowers() {
      next.lower(100);
    }

    @Actor
    public void runner() {
      long old = next.openRecount();
      TimerNode added = inbox.takeAll();
      if (added != null) {
        heap.add(added);
      }
      if (next.closeRecount(old, heap.earliest()) && heap.earliest() < old) {
        next.lower(heap.earliest()); // the real runner leaves this to the adder
      }
    }

    @Actor
    public void adder(ZZ_Result r) {
      inbox.push(new StressNode(50));
      r.r1 = next.lower(50);
    }

    @Arbiter
    public void arbiter(ZZ_Result r) {
      r.r2 = next.get() <= 50;
    }
  }
}
