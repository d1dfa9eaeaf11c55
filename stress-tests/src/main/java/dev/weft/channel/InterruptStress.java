package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: an element that meets an interrupt is delivered, or stays with its sender; and an
/// interrupt is either thrown or kept in the flag.
///
/// Results: whether it was sent, and what the receiver has: the element, or -2, interrupted.
public final class InterruptStress {
  private InterruptStress() {}

  /// A thread that receives, and one that interrupts it and then sends.
  @JCStressTest
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Delivered; the flag is set.")
  @Outcome(id = "0, -2", expect = ACCEPTABLE, desc = "Interrupted; the flag is clear.")
  @Outcome(expect = FORBIDDEN, desc = "The element or the interrupt is lost, or came twice.")
  @State
  public static class Receive {
    private final Channel<Integer> channel = Channel.make();
    private volatile @Nullable Thread receiver;
    private volatile boolean done;

    @Actor
    public void receiver(II_Result r) {
      receiver = Thread.currentThread();
      int received = Results.receiveOrWait(channel);
      while (!done) {
        Thread.onSpinWait();
      }
      boolean flag = Thread.interrupted();
      r.r2 = flag == (received != Results.INTERRUPTED) ? received : Results.WRONG;
    }

    @Actor
    public void sender(II_Result r) {
      Thread thread;
      while ((thread = receiver) == null) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      r.r1 = Results.send(channel, 5);
      done = true;
    }
  }

  /// A receiver leaves the queue as it does when it is interrupted, while somebody sends.
  @JCStressTest
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Delivered.")
  @Outcome(id = "0, -2", expect = ACCEPTABLE, desc = "Interrupted; not sent.")
  @Outcome(expect = FORBIDDEN, desc = "The element is lost, or in two places.")
  @State
  public static class ReceiverLeaves {
    private final Channel<Integer> channel = Channel.make();
    private final Seat seat = Seat.receiver(channel);

    @Actor
    public void receiver() {
      seat.leave(channel, channel.receivers);
    }

    @Actor
    public void sender(II_Result r) {
      r.r1 = Results.send(channel, 5);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = channel.receivers.isEmpty() ? seat.received() : Results.WRONG;
      channel.checkInvariants();
    }
  }

  /// It looks whether it is decided, and leaves the queue without deciding.
  @JCStressTest
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Delivered.")
  @Outcome(id = "0, -2", expect = ACCEPTABLE, desc = "Interrupted; not sent.")
  @Outcome(id = "1, -2", expect = ACCEPTABLE_INTERESTING, desc = "The element is lost.")
  @State
  public static class BrokenReceiverLeavesUndecided {
    private final Channel<Integer> channel = Channel.make();
    private final Seat seat = Seat.receiver(channel);

    @Actor
    public void receiver(II_Result r) {
      if (seat.outcome() == Waiter.PENDING) {
        seat.remove(channel, channel.receivers);
        r.r2 = Results.INTERRUPTED;
      } else {
        r.r2 = seat.received();
      }
    }

    @Actor
    public void sender(II_Result r) {
      r.r1 = Results.send(channel, 5);
    }
  }

  /// A sender leaves while the slot that a receive has freed is offered to it. Results: whether its
  /// element was sent, and what is in the buffer afterwards.
  @JCStressTest
  @Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Sent; it is in the buffer.")
  @Outcome(id = "-2, 0", expect = ACCEPTABLE, desc = "Interrupted; the buffer is empty.")
  @Outcome(expect = FORBIDDEN, desc = "The element is lost, or in two places.")
  @State
  public static class SenderLeaves {
    private final Channel<Integer> channel = Channel.make(1);
    private final Seat seat;

    public SenderLeaves() {
      Results.send(channel, 4);
      seat = Seat.sender(channel, 5);
    }

    @Actor
    public void sender() {
      seat.leave(channel, channel.senders);
    }

    @Actor
    public void receiver() {
      Results.receive(channel);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = channel.senders.isEmpty() ? seat.sent() : Results.WRONG;
      channel.checkInvariants();
      r.r2 = Results.receive(channel);
    }
  }
}
