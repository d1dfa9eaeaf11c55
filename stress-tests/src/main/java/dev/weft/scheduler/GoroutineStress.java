package dev.weft.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: real goroutines of the gpm backend see what was written before their start (MEM-1),
/// and after a park what was written before the wake-up; and none gets lost on the way through
/// queues and machines, which would hang these tests.
public class GoroutineStress {
  private static final int GRANTED = Waiter.FIRST_PEER_CODE;

  private GoroutineStress() {}

  /// Starts goroutines and waits for them.
  static final class Gpm {
    static final Scheduler SCHEDULER =
        Scheduler.builder().name("stress").backend(Backend.GPM).procs(2).build();

    private Gpm() {}

    static void join(Goroutine goroutine) {
      try {
        goroutine.join();
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts", e);
      }
    }
  }

  /// Two threads start a goroutine each.
  ///
  /// Results: what each goroutine saw of what its starter wrote before.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both see the write.")
  @Outcome(expect = FORBIDDEN, desc = "A goroutine does not see what came before its start.")
  @State
  public static class GoVsStart {
    private int first;
    private int second;

    @Actor
    public void first(II_Result r) {
      first = 1;
      Gpm.join(Gpm.SCHEDULER.go(() -> r.r1 = first));
    }

    @Actor
    public void second(II_Result r) {
      second = 1;
      Gpm.join(Gpm.SCHEDULER.go(() -> r.r2 = second));
    }
  }

  /// The write comes after the go statement.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Both see the write.")
  @Outcome(
      id = {"0, 0", "0, 1", "1, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A goroutine was faster.")
  @State
  public static class BrokenWriteAfterGo {
    private int first;
    private int second;

    @Actor
    public void first(II_Result r) {
      Goroutine goroutine = Gpm.SCHEDULER.go(() -> r.r1 = first);
      first = 1;
      Gpm.join(goroutine);
    }

    @Actor
    public void second(II_Result r) {
      Goroutine goroutine = Gpm.SCHEDULER.go(() -> r.r2 = second);
      second = 1;
      Gpm.join(goroutine);
    }
  }

  /// A goroutine waits, and any thread wakes it.
  abstract static class Waiting {
    private volatile @Nullable Waiter armed;
    private long ticket;
    int element;

    /// Runs the goroutine to its end.
    int startAndJoin() {
      int[] seen = new int[1];
      Gpm.join(Gpm.SCHEDULER.go(() -> seen[0] = await()));
      return seen[0];
    }

    private int await() {
      Waiter own = Runtime.get().waiter();
      ticket = own.arm();
      armed = own;
      return own.await(ticket, WaitReason.CHAN_RECEIVE, this) == GRANTED ? element : -1;
    }

    Waiter whenArmed() {
      Waiter waiter;
      while ((waiter = armed) == null) {
        Thread.onSpinWait();
      }
      return waiter;
    }

    int decideAndWake(Waiter waiter) {
      boolean decided = waiter.decide(ticket, GRANTED);
      waiter.wake();
      return decided ? 1 : 0;
    }
  }

  /// The peer writes the element, then decides.
  ///
  /// Results: whether the peer decided; and the element that the goroutine saw.
  @JCStressTest
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "Woken, and the element is there.")
  @Outcome(expect = FORBIDDEN, desc = "Woken without a decision, or before the element was there.")
  @State
  public static class ParkVsUnpark extends Waiting {
    @Actor
    public void goroutine(II_Result r) {
      r.r2 = startAndJoin();
    }

    @Actor
    public void peer(II_Result r) {
      Waiter waiter = whenArmed();
      element = 42;
      r.r1 = decideAndWake(waiter);
    }
  }

  /// The peer decides, then writes the element.
  @JCStressTest
  @Outcome(id = "1, 42", expect = ACCEPTABLE, desc = "Woken, and the element is there.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "The goroutine was faster.")
  @State
  public static class BrokenWriteAfterDecision extends Waiting {
    @Actor
    public void goroutine(II_Result r) {
      r.r2 = startAndJoin();
    }

    @Actor
    public void peer(II_Result r) {
      r.r1 = decideAndWake(whenArmed());
      element = 42;
    }
  }
}
