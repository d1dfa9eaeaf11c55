package dev.weft.internal.timer;

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

/// Hypothesis: a thread that finds the shard being run may leave, though its timer was added too
/// late for the run and is due only on its own, later clock (race R3 of TimerShard): the runner
/// learns the latest instant asked for when it releases the shard, and looks again.
///
/// Results: how often the timer that was there first fired, and the one added meanwhile.
public class LostTryLockStress {
  private LostTryLockStress() {}

  /// The real shard.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both fired, by whomever.")
  @Outcome(expect = FORBIDDEN, desc = "A due timer is left behind, and nobody is there.")
  @State
  public static class LooksAgain {
    private final TimerShard shard = StressNode.newShard();
    private final StressNode first = new StressNode(10);
    private final StressNode second = new StressNode(20);

    public LooksAgain() {
      shard.add(first);
    }

    @Actor
    public void runner() {
      shard.runDue(10);
    }

    @Actor
    public void adder() {
      shard.add(second);
      shard.runDue(20);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = first.fires;
      r.r2 = second.fires;
      shard.checkInvariants();
    }
  }

  /// The same inbox behind a plain try-lock, released without another look.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both fired, by whomever.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "The second was left behind.")
  @State
  public static class BrokenLeavesAtOnce {
    private final AtomicBoolean held = new AtomicBoolean();
    private final TimerInbox inbox = new TimerInbox();
    private final StressNode first = new StressNode(10);
    private final StressNode second = new StressNode(20);

    public BrokenLeavesAtOnce() {
      inbox.push(first);
    }

    private void run(long now) {
      if (held.compareAndSet(false, true)) {
        for (TimerNode node = inbox.takeAll(); node != null; node = node.next) {
          node.fire(now);
        }
        held.set(false);
      }
    }

    @Actor
    public void runner() {
      run(10);
    }

    @Actor
    public void adder() {
      inbox.push(second);
      run(20);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = first.fires;
      r.r2 = second.fires;
    }
  }
}
