package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// MEM-15. Hypothesis: operations on several channels have one order that all threads agree on,
/// also when some of them look without the lock.
///
/// Each of two threads does something to its own channel and then tries the other one's. Whoever
/// came second must see what the first did. Results: what each attempt came to; 0 is "the other has
/// not begun".
public final class TryOrderStress {
  private TryOrderStress() {}

  /// Both send, then receive.
  @JCStressTest
  @Outcome(
      id = {"2, 1", "0, 1", "2, 0"},
      expect = ACCEPTABLE,
      desc = "Who came second found it.")
  @Outcome(expect = FORBIDDEN, desc = "Each came before the other.")
  @State
  public static class Receive {
    private final Channel<Integer> x = Channel.make(1);
    private final Channel<Integer> y = Channel.make(1);

    @Actor
    public void first(II_Result r) {
      x.trySend(1);
      r.r1 = Results.number(y.tryReceive());
    }

    @Actor
    public void second(II_Result r) {
      y.trySend(2);
      r.r2 = Results.number(x.tryReceive());
    }
  }

  /// Both make room in a full buffer, then send to the other one.
  @JCStressTest
  @Outcome(
      id = {"1, 1", "0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "Who came second found room.")
  @Outcome(expect = FORBIDDEN, desc = "Each came before the other.")
  @State
  public static class Send {
    private final Channel<Integer> x = Channel.make(1);
    private final Channel<Integer> y = Channel.make(1);

    public Send() {
      Results.send(x, 7);
      Results.send(y, 7);
    }

    @Actor
    public void first(II_Result r) {
      x.tryReceive();
      r.r1 = y.trySend(8) ? 1 : 0;
    }

    @Actor
    public void second(II_Result r) {
      y.tryReceive();
      r.r2 = x.trySend(8) ? 1 : 0;
    }
  }

  /// Both close, then receive.
  @JCStressTest
  @Outcome(
      id = {"-1, -1", "0, -1", "-1, 0"},
      expect = ACCEPTABLE,
      desc = "Who came second found it closed.")
  @Outcome(expect = FORBIDDEN, desc = "Each came before the other.")
  @State
  public static class Close {
    private final Channel<Integer> x = Channel.make();
    private final Channel<Integer> y = Channel.make();

    @Actor
    public void first(II_Result r) {
      x.close();
      r.r1 = Results.number(y.tryReceive());
    }

    @Actor
    public void second(II_Result r) {
      y.close();
      r.r2 = Results.number(x.tryReceive());
    }
  }

  /// The look may overtake the unlock.
  @JCStressTest
  @Outcome(
      id = {"2, 1", "0, 1", "2, 0"},
      expect = ACCEPTABLE,
      desc = "Who came second found it.")
  @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "Each came before the other.")
  @State
  public static class BrokenWithoutFence {
    private final Channel<Integer> x = Channel.make(1);
    private final Channel<Integer> y = Channel.make(1);

    @Actor
    public void first(II_Result r) {
      x.trySend(1);
      r.r1 = y.len() == 0 ? Results.NOTHING : Results.number(y.tryReceive());
    }

    @Actor
    public void second(II_Result r) {
      y.trySend(2);
      r.r2 = x.len() == 0 ? Results.NOTHING : Results.number(x.tryReceive());
    }
  }
}
