package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.WaitQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a signal goes to whoever has waited longest (COND-2, COND-8), and none is lost that
/// comes after the waiter has let go of the lock (COND-1).
public final class CondStealStress {
  private CondStealStress() {}

  /// One waits; another one comes at the same time as the signal. Results: who was signalled.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The earlier one.")
  @Outcome(expect = FORBIDDEN, desc = "The later one, both, or nobody.")
  @State
  public static class LaterWaiter {
    private final NotifyList waiting = new NotifyList();
    private final Seat earlier = new Seat();
    private final Seat later = new Seat();

    public LaterWaiter() {
      waiting.enqueue(earlier.node);
    }

    @Actor
    public void signaller() {
      waiting.signal();
    }

    @Actor
    public void comer() {
      waiting.enqueue(later.node);
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = earlier.isPending() ? 0 : 1;
      r.r2 = later.isPending() ? 0 : 1;
    }
  }

  /// Whoever comes goes to the front of the queue.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The earlier one.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "The later one has taken it.")
  @State
  public static class BrokenToTheFront {
    private final WaitQueue queue = new WaitQueue();
    private final Seat earlier = new Seat();
    private final Seat later = new Seat();

    public BrokenToTheFront() {
      queue.add(earlier.node);
    }

    @Actor
    public void signaller() {
      queue.lock();
      queue.poll().decide(0);
      queue.unlock();
    }

    @Actor
    public void comer() {
      queue.lock();
      queue.addFirst(later.node);
      queue.unlock();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = earlier.isPending() ? 0 : 1;
      r.r2 = later.isPending() ? 0 : 1;
    }
  }

  /// A waiter lets go of the lock. Results: whether the signaller had the lock after it, and
  /// whether the waiter was signalled.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 1"},
      expect = ACCEPTABLE,
      desc = "As it should be.")
  @Outcome(id = "1, 0", expect = FORBIDDEN, desc = "The signal is lost.")
  @State
  public static class AfterUnlock {
    private final Mutex mutex = new Mutex();
    private final NotifyList waiting = new NotifyList();
    private final Seat seat = new Seat();
    private boolean waits; // under the mutex

    @Actor
    public void waiter() {
      mutex.lock();
      waits = true;
      waiting.enqueue(seat.node);
      mutex.unlock();
    }

    @Actor
    public void signaller(II_Result r) {
      mutex.lock();
      r.r1 = waits ? 1 : 0;
      mutex.unlock();
      waiting.signal();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = seat.isPending() ? 0 : 1;
    }
  }

  /// The waiter lets go of the lock, and then enters the queue.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "0, 1", "1, 1"},
      expect = ACCEPTABLE,
      desc = "As it should be.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "The signal is lost.")
  @State
  public static class BrokenUnlockFirst {
    private final Mutex mutex = new Mutex();
    private final NotifyList waiting = new NotifyList();
    private final Seat seat = new Seat();
    private boolean waits; // under the mutex

    @Actor
    public void waiter() {
      mutex.lock();
      waits = true;
      mutex.unlock();
      waiting.enqueue(seat.node);
    }

    @Actor
    public void signaller(II_Result r) {
      mutex.lock();
      r.r1 = waits ? 1 : 0;
      mutex.unlock();
      waiting.signal();
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = seat.isPending() ? 0 : 1;
    }
  }
}
