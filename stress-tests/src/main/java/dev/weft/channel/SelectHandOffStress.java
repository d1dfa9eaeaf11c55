package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/// SEL-10, SEL-11. Hypothesis: a select that waits at two channels has one partner at one of them,
/// whoever comes, and misses nobody (invariants I2 and I3 of Selection).
public final class SelectHandOffStress {
  private static final int SENT = 10;

  private SelectHandOffStress() {}

  /// Two selects meet, at one channel or the other. A lost wake-up would hang this test. The
  /// results are what each has received, or 10 for sent.
  @JCStressTest
  @Outcome(id = "10, 1", expect = ACCEPTABLE, desc = "They met at the first channel.")
  @Outcome(id = "2, 10", expect = ACCEPTABLE, desc = "They met at the second channel.")
  @Outcome(expect = FORBIDDEN, desc = "They do not agree.")
  @State
  public static class SelectMeetsSelect {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final SendCase<Integer> sendFirst = first.onSend(1);
    private final ReceiveCase<Integer> receiveFirst = first.onReceive();
    private final SendCase<Integer> sendSecond = second.onSend(2);
    private final ReceiveCase<Integer> receiveSecond = second.onReceive();

    @Actor
    public void one(II_Result r) {
      int chosen = Results.select(sendFirst, receiveSecond);
      r.r1 = chosen == 0 ? SENT : Results.element(receiveSecond.value());
    }

    @Actor
    public void other(II_Result r) {
      int chosen = Results.select(sendSecond, receiveFirst);
      r.r2 = chosen == 0 ? SENT : Results.element(receiveFirst.value());
    }

    @Arbiter
    public void check() {
      first.checkInvariants();
      second.checkInvariants();
    }
  }

  /// Both look with all locks held, release them, and join the queues without another look. The
  /// results are the indices of what they have chosen.
  @JCStressTest
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "They met.")
  @Outcome(id = "-1, -1", expect = ACCEPTABLE_INTERESTING, desc = "They wait for each other.")
  @State
  public static class BrokenQueuesWithoutRecheck {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final SelectSeat one = new SelectSeat(first.onSend(1), second.onReceive());
    private final SelectSeat other = new SelectSeat(second.onSend(2), first.onReceive());

    @Actor
    public void one() {
      if (!one.perform()) {
        one.queue();
      }
    }

    @Actor
    public void other() {
      if (!other.perform()) {
        other.queue();
      }
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = one.finish();
      r.r2 = other.finish();
    }
  }

  /// A select waits for two channels, and a sender comes to each. The results are whether they have
  /// sent, and what was received.
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The first channel was chosen.")
  @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "The second channel was chosen.")
  @Outcome(expect = FORBIDDEN, desc = "An element is lost, or both are received.")
  @State
  public static class OneTicket {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final ReceiveCase<Integer> receiveFirst = first.onReceive();
    private final ReceiveCase<Integer> receiveSecond = second.onReceive();
    private final SelectSeat select = new SelectSeat(receiveFirst, receiveSecond);

    public OneTicket() {
      select.queue();
    }

    @Actor
    public void firstSender(III_Result r) {
      r.r1 = Results.send(first, 1);
    }

    @Actor
    public void secondSender(III_Result r) {
      r.r2 = Results.send(second, 2);
    }

    @Arbiter
    public void result(III_Result r) {
      int chosen = select.finish();
      if (chosen != SelectSeat.NONE) {
        r.r3 = Results.element((chosen == 0 ? receiveFirst : receiveSecond).value());
      }
      first.checkInvariants();
      second.checkInvariants();
      if (!first.receivers.isEmpty() || !second.receivers.isEmpty()) {
        r.r3 = Results.WRONG;
      }
    }
  }

  /// Each entry can be decided; the select takes the first that is, and forgets the other.
  @JCStressTest
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The first channel was chosen.")
  @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "The second channel was chosen.")
  @Outcome(id = "1, 1, .*", expect = ACCEPTABLE_INTERESTING, desc = "One element is lost.")
  @State
  public static class BrokenTicketForEach {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final Seat one = Seat.receiver(first);
    private final Seat other = Seat.receiver(second);

    private static int send(Channel<Integer> channel, int element, Seat sibling) {
      channel.lock();
      WaitNode node = channel.receivers.poll();
      boolean sent = node != null && sibling.outcome() == Waiter.PENDING;
      if (node != null && sent) {
        node.element(element);
        sent = node.decide(0);
      }
      channel.unlock();
      return sent ? Results.SENT : Results.NOTHING;
    }

    @Actor
    public void firstSender(III_Result r) {
      r.r1 = send(first, 1, other);
    }

    @Actor
    public void secondSender(III_Result r) {
      r.r2 = send(second, 2, one);
    }

    @Arbiter
    public void result(III_Result r) {
      r.r3 = one.received() != Results.NOTHING ? one.received() : other.received();
    }
  }
}
