package dev.weft.internal.park;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a peer that decides between the owner's look and its park still ends the wait, since
/// its wake-up leaves a permit (race R1 of Waiter).
///
/// Results: whether the peer decided; and how the owner's wait ended: 1 decided, 2 overslept.
public class ParkUnparkStress {
  private static final int GRANTED = Waiter.FIRST_PEER_CODE;

  private ParkUnparkStress() {}

  /// The real waiter; a lost wake-up would hang this test.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Decided, and the owner knows.")
  @Outcome(expect = FORBIDDEN, desc = "The wait ended without a decision.")
  @State
  public static class Permit {
    private volatile @Nullable Waiter armed;
    private long ticket;

    @Actor
    public void owner(II_Result r) {
      Waiter own = new Waiter(Thread.currentThread());
      ticket = own.arm();
      armed = own;
      r.r2 = own.awaitUninterruptibly(ticket, WaitReason.SEMACQUIRE, this) == GRANTED ? 1 : 0;
    }

    @Actor
    public void peer(II_Result r) {
      Waiter waiter;
      while ((waiter = armed) == null) {
        Thread.onSpinWait();
      }
      r.r1 = waiter.decide(ticket, GRANTED) ? 1 : 0;
      waiter.wake();
    }
  }

  /// A wake-up that reaches only who waits already, and a look without the lock of the wait: what
  /// Object.wait is when used so.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The owner saw it, or was woken.")
  @Outcome(
      id = "1, 2",
      expect = ACCEPTABLE_INTERESTING,
      desc = "It waits for a wake-up that was before its time; a timeout saves this test.")
  @State
  public static class BrokenWithoutPermit {
    private final Object lock = new Object();
    private volatile boolean decided;
    private boolean notified; // guarded by lock

    @Actor
    public void owner(II_Result r) {
      r.r2 = 1;
      if (!decided) {
        synchronized (lock) {
          r.r2 = notified ? 2 : 1;
          try {
            lock.wait(1);
          } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
          }
        }
      }
    }

    @Actor
    public void peer(II_Result r) {
      decided = true;
      synchronized (lock) {
        notified = true;
        lock.notify();
      }
      r.r1 = 1;
    }
  }
}
