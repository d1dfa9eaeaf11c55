package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.WaitNode;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a decided owner may use its queue entry at once, without the lock of the channel it
/// waited for, since who decided it touches the entry no more.
///
/// A sender of 1 waits at one channel; as soon as it is decided it waits with 2 at another.
/// Results: what the receiver at the first channel has, and then one at the second channel; 99 if a
/// queue is broken.
public final class EntryReuseStress {
  private EntryReuseStress() {}

  private static int lookAndReceive(Channel<Integer> first, Channel<Integer> second) {
    try {
      first.checkInvariants();
      second.checkInvariants();
      return Results.receive(second);
    } catch (AssertionError broken) {
      return Results.WRONG;
    }
  }

  /// The real receive.
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Each element from its channel.")
  @Outcome(expect = FORBIDDEN, desc = "The entry was touched after the decision.")
  @State
  public static class TakeThenDecide {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final Seat sender = Seat.sender(first, 1);

    @Actor
    public void receiver(II_Result r) {
      r.r1 = Results.receive(first);
    }

    @Actor
    public void sender() {
      sender.awaitDecision();
      sender.sendNext(second, 2);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = lookAndReceive(first, second);
    }
  }

  /// The wait is decided while its entry is in the queue.
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Each element from its channel.")
  @Outcome(
      id = "1, 99",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The entry was in the second queue when it was taken off the first.")
  @State
  public static class BrokenDecideThenTake {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final Seat sender = Seat.sender(first, 1);

    @Actor
    public void receiver(II_Result r) {
      first.lock();
      WaitNode node = sender.node; // at the front
      r.r1 = Results.element(node.element());
      if (node.decide(0)) {
        first.senders.poll();
      }
      first.unlock();
    }

    @Actor
    public void sender() {
      sender.awaitDecision();
      sender.sendNext(second, 2);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = lookAndReceive(first, second);
    }
  }

  /// The element is read after the decision.
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Each element from its channel.")
  @Outcome(id = "99, 2", expect = ACCEPTABLE_INTERESTING, desc = "The element was cleared.")
  @Outcome(
      id = "2, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The element of the next wait came twice.")
  @State
  public static class BrokenDecideThenRead {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final Seat sender = Seat.sender(first, 1);

    @Actor
    public void receiver(II_Result r) {
      first.lock();
      WaitNode node = Objects.requireNonNull(first.senders.poll());
      if (node.decide(0)) {
        r.r1 = Results.element(node.element());
      }
      first.unlock();
    }

    @Actor
    public void sender() {
      sender.awaitDecision();
      sender.sendNext(second, 2);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = lookAndReceive(first, second);
    }
  }
}
