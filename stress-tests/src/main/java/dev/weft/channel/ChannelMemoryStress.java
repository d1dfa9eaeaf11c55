package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/// MEM-2 to MEM-5. Hypothesis: what is written to a plain field before one end of such an edge is
/// seen after the other end.
///
/// The twins are programs that rely on an edge that Go does not promise. A result of 0 means that
/// the reader did not come to the end of an edge, 42 or 43 that it did and saw what was written,
/// and -1 that it did not see it.
public final class ChannelMemoryStress {
  private static final int UNSEEN = -1;

  private ChannelMemoryStress() {}

  private static int seen(int data) {
    return data == 0 ? UNSEEN : data;
  }

  /// MEM-2, with a buffer: send, then the completion of the matching receive.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "Nothing to receive yet.")
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "Received, and seen.")
  @Outcome(expect = FORBIDDEN, desc = "Received, but not seen.")
  @State
  public static class SendToReceive {
    private final Channel<Integer> channel = Channel.make(1);
    private int data;

    @Actor
    public void sender() {
      data = 42;
      Results.send(channel, 1);
    }

    @Actor
    public void receiver(I_Result r) {
      if (channel.tryReceive().ok()) {
        r.r1 = seen(data);
      }
    }
  }

  /// It receives an element that was sent before.
  @JCStressTest
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "Seen by chance.")
  @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "Not seen.")
  @State
  public static class BrokenReceivesEarlierSend {
    private final Channel<Integer> channel = Channel.make(2);
    private int data;

    public BrokenReceivesEarlierSend() {
      Results.send(channel, 1);
    }

    @Actor
    public void sender() {
      data = 42;
      Results.send(channel, 2);
    }

    @Actor
    public void receiver(I_Result r) {
      if (channel.tryReceive().ok()) {
        r.r1 = seen(data);
      }
    }
  }

  /// MEM-3: close, then a receive that returns because of it.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "Not closed yet.")
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "Closed, and seen.")
  @Outcome(expect = FORBIDDEN, desc = "Closed, but not seen.")
  @State
  public static class CloseToReceive {
    private final Channel<Integer> channel = Channel.make();
    private int data;

    @Actor
    public void closer() {
      data = 42;
      channel.close();
    }

    @Actor
    public void receiver(I_Result r) {
      if (channel.tryReceive().isClosed()) {
        r.r1 = seen(data);
      }
    }
  }

  /// The receive returns an element that was left, and not because of the close.
  @JCStressTest
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "Seen by chance.")
  @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "Not seen.")
  @State
  public static class BrokenReceivesWhatIsLeft {
    private final Channel<Integer> channel = Channel.make(1);
    private int data;

    public BrokenReceivesWhatIsLeft() {
      Results.send(channel, 1);
    }

    @Actor
    public void closer() {
      data = 42;
      channel.close();
    }

    @Actor
    public void receiver(I_Result r) {
      if (!channel.tryReceive().isEmpty()) {
        r.r1 = seen(data);
      }
    }
  }

  /// MEM-4, without a buffer: receive, then the completion of the matching send; and MEM-2 in the
  /// other direction. The results are what sender and receiver see of each other.
  @JCStressTest
  @Outcome(id = "43, 42", expect = ACCEPTABLE, desc = "Each sees the other.")
  @Outcome(expect = FORBIDDEN, desc = "One does not see the other.")
  @State
  public static class Rendezvous {
    private final Channel<Integer> channel = Channel.make();
    private int question;
    private int answer;

    @Actor
    public void sender(II_Result r) {
      question = 42;
      Results.sendOrWait(channel, 1);
      r.r1 = seen(answer);
    }

    @Actor
    public void receiver(II_Result r) {
      answer = 43;
      Results.receiveOrWait(channel);
      r.r2 = seen(question);
    }
  }

  /// The same with a buffer.
  @JCStressTest
  @Outcome(id = "43, 42", expect = ACCEPTABLE, desc = "Each sees the other.")
  @Outcome(
      id = "-1, 42",
      expect = ACCEPTABLE_INTERESTING,
      desc = "The sender did not wait for the receiver.")
  @State
  public static class BrokenRendezvousWithBuffer {
    private final Channel<Integer> channel = Channel.make(1);
    private int question;
    private int answer;

    @Actor
    public void sender(II_Result r) {
      question = 42;
      Results.sendOrWait(channel, 1);
      r.r1 = seen(answer);
    }

    @Actor
    public void receiver(II_Result r) {
      answer = 43;
      Results.receiveOrWait(channel);
      r.r2 = seen(question);
    }
  }

  /// MEM-5: a receive that frees a slot, then the send that fills it.
  @JCStressTest
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "No room yet.")
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "Sent, and seen.")
  @Outcome(expect = FORBIDDEN, desc = "Sent, but not seen.")
  @State
  public static class SlotToSend {
    private final Channel<Integer> channel = Channel.make(1);
    private int data;

    public SlotToSend() {
      Results.send(channel, 1);
    }

    @Actor
    public void receiver() {
      data = 42;
      Results.receive(channel);
    }

    @Actor
    public void sender(I_Result r) {
      if (channel.trySend(2)) {
        r.r1 = seen(data);
      }
    }
  }

  /// There is another slot.
  @JCStressTest
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "Seen by chance.")
  @Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "Not seen.")
  @State
  public static class BrokenOtherSlot {
    private final Channel<Integer> channel = Channel.make(2);
    private int data;

    public BrokenOtherSlot() {
      Results.send(channel, 1);
    }

    @Actor
    public void receiver() {
      data = 42;
      Results.receive(channel);
    }

    @Actor
    public void sender(I_Result r) {
      if (channel.trySend(2)) {
        r.r1 = seen(data);
      }
    }
  }

  /// MEM-5, by a sender that waits: the receive gives it the slot.
  @JCStressTest
  @Outcome(id = "42", expect = ACCEPTABLE, desc = "Sent, and seen.")
  @Outcome(expect = FORBIDDEN, desc = "Sent, but not seen.")
  @State
  public static class SlotToWaitingSend {
    private final Channel<Integer> channel = Channel.make(1);
    private final Seat sender;
    private int data;

    public SlotToWaitingSend() {
      Results.send(channel, 1);
      sender = Seat.sender(channel, 2);
    }

    @Actor
    public void receiver() {
      data = 42;
      Results.receive(channel);
    }

    @Actor
    public void sender(I_Result r) {
      sender.awaitDecision();
      r.r1 = seen(data);
    }
  }
}
