package dev.weft.context;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypotheses: a context that is derived while its parent is cancelled is done afterwards (CTX-6,
/// CTX-8), and of two who cancel, one says for what, and nobody sees an end whose channel is open
/// (CTX-3, CTX-5).
public final class ContextStress {
  private ContextStress() {}

  /// The result is whether the child is done.
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "It was told, or has seen it.")
  @Outcome(expect = FORBIDDEN, desc = "It goes on for ever.")
  @State
  public static class CancelOrDerive {
    private final CancelContext parent = Context.withCancel(Context.background());
    private CancelContext child;

    @Actor
    public void canceler() {
      parent.close();
    }

    @Actor
    public void deriver() {
      child = Context.withCancel(parent);
    }

    @Arbiter
    public void look(I_Result r) {
      r.r1 = child.isDone() ? 1 : 0;
    }
  }

  /// A parent that looks whether it has ended before it takes the lock, and not under it.
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "It was told, or has seen it.")
  @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "It goes on for ever.")
  @Outcome(expect = FORBIDDEN, desc = "Something else.")
  @State
  public static class BrokenLooksBefore {
    private static final class Node {
      volatile boolean ended;
      final List<Node> children = new ArrayList<>();

      void end() {
        synchronized (this) {
          ended = true;
          children.forEach(child -> child.ended = true);
        }
      }

      void adopt(Node child) {
        if (ended) {
          child.ended = true;
        } else {
          synchronized (this) {
            children.add(child);
          }
        }
      }
    }

    private final Node parent = new Node();
    private final Node child = new Node();

    @Actor
    public void canceler() {
      parent.end();
    }

    @Actor
    public void deriver() {
      parent.adopt(child);
    }

    @Arbiter
    public void look(I_Result r) {
      r.r1 = child.ended ? 1 : 0;
    }
  }

  /// The result is what the reader sees: whether there is a reason, and whether the channel is
  /// closed after that.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 1"},
      expect = ACCEPTABLE,
      desc = "The channel is closed when there is a reason.")
  @Outcome(expect = FORBIDDEN, desc = "A reason, and an open channel.")
  @State
  public static class ReasonThenChannel {
    private final CancelContext context = Context.withCancel(Context.background());

    public ReasonThenChannel() {
      context.done();
    }

    @Actor
    public void canceler() {
      context.close();
    }

    @Actor
    public void reader(II_Result r) {
      r.r1 = context.err() == null ? 0 : 1;
      r.r2 = context.done().tryReceive().isClosed() ? 1 : 0;
    }
  }

  /// The result is whether the reader sees a closed channel, and whether there is a reason after
  /// that.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 1"},
      expect = ACCEPTABLE,
      desc = "There is a reason when the channel is closed.")
  @Outcome(expect = FORBIDDEN, desc = "A closed channel, and no reason.")
  @State
  public static class ChannelThenReason {
    private final CancelContext context = Context.withCancel(Context.background());

    public ChannelThenReason() {
      context.done();
    }

    @Actor
    public void canceler() {
      context.close();
    }

    @Actor
    public void reader(II_Result r) {
      r.r1 = context.done().tryReceive().isClosed() ? 1 : 0;
      r.r2 = context.err() == null ? 0 : 1;
    }
  }

  /// The result is for what the first and the second one see that it was cancelled.
  @JCStressTest
  @Outcome(
      id = {"1, 1", "2, 2"},
      expect = ACCEPTABLE,
      desc = "One of them counts.")
  @Outcome(expect = FORBIDDEN, desc = "They see different causes, or none.")
  @State
  public static class TwoCancel {
    private static final Throwable ONE = new IllegalStateException("1");
    private static final Throwable TWO = new IllegalStateException("2");

    private final CancelContext context = Context.withCancel(Context.background());

    private int seen() {
      Throwable cause = context.cause();
      return cause == null ? 0 : Integer.parseInt(cause.getMessage());
    }

    @Actor
    public void first(II_Result r) {
      context.cancel(ONE);
      r.r1 = seen();
    }

    @Actor
    public void second(II_Result r) {
      context.cancel(TWO);
      r.r2 = seen();
    }
  }
}
