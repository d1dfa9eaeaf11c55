package dev.weft.internal.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a timer added while a runner works out a later deadline is not lost from the next
/// deadline (race R1 of NextDeadline), since the adder takes the runner's mark off the word even if
/// it has nothing to lower.
///
/// A timer for 10 is due and one for 100 pending; the runner raises the word from 10 to 100 while
/// one for 50 is added. Result: 1 if the next deadline is later than 50 afterwards.
public class AddVsRunDueStress {
  private AddVsRunDueStress() {}

  /// The real shard.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "In time, or early.")
  @Outcome(id = "1", expect = FORBIDDEN, desc = "A sleeper would oversleep the new timer.")
  @State
  public static class MarkedRaise {
    private final TimerShard shard = StressNode.newShard();

    public MarkedRaise() {
      shard.add(new StressNode(10));
      shard.add(new StressNode(100));
    }

    @Actor
    public void runner() {
      shard.runDue(20);
    }

    @Actor
    public void adder() {
      shard.add(new StressNode(50));
    }

    @Arbiter
    public void arbiter(I_Result r) {
      r.r1 = shard.nextDeadline() > 50 ? 1 : 0;
    }
  }

  /// The same inbox and heap, but the word is raised by a compare-and-set of the deadline alone.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "In time, or early.")
  @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "Raised past the new timer.")
  @State
  public static class BrokenUnmarkedRaise {
    private final TimerInbox inbox = new TimerInbox();
    private final TimerHeap heap = new TimerHeap();
    private final AtomicLong word = new AtomicLong(10);

    public BrokenUnmarkedRaise() {
      heap.add(new StressNode(10));
      heap.add(new StressNode(100));
    }

    @Actor
    public void runner() {
      heap.poll(); // the due one
      long old = word.get();
      TimerNode added = inbox.takeAll();
      if (added != null) {
        heap.add(added);
      }
      word.compareAndSet(old, Math.max(old, heap.earliest()));
    }

    @Actor
    public void adder() {
      StressNode node = new StressNode(50);
      inbox.push(node);
      long seen = word.get();
      while (node.deadline() < seen && !word.compareAndSet(seen, node.deadline())) {
        seen = word.get();
      }
    }

    @Arbiter
    public void arbiter(I_Result r) {
      r.r1 = word.get() > 50 ? 1 : 0;
    }
  }
}
