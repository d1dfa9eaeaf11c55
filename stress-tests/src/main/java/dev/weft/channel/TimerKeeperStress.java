package dev.weft.channel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.internal.park.Waiter;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: when the receiver that keeps the time leaves while another one comes, that one keeps
/// the time (I2 of Timing).
///
/// Result: until when the second would park: the due of the timer, or 0 for ever.
public final class TimerKeeperStress {
  private static final int DUE = (int) StoppedClock.NOW + 1;

  private TimerKeeperStress() {}

  /// Two receivers of a timer, the first of which keeps the time.
  private abstract static class Two {
    final Timing timing = StoppedClock.timerFor(DUE);
    final Channel<?> channel = (Channel<?>) timing.channel();
    final Seat first = Seat.unqueuedReceiver();
    final Seat second = Seat.unqueuedReceiver();

    Two() {
      come(first);
    }

    final void come(Seat seat) {
      channel.lock();
      channel.receivers.add(seat.node);
      timing.join(seat.waiter);
      channel.unlock();
    }

    final int parksUntil(Waiter waiter) {
      long until = timing.tend(waiter);
      return until == BlockingOperations.NEVER ? 0 : (int) until;
    }
  }

  /// The real one.
  @JCStressTest
  @Outcome(id = "101", expect = ACCEPTABLE, desc = "It keeps the time.")
  @Outcome(expect = FORBIDDEN, desc = "Nobody does, and it waits for ever.")
  @State
  public static class Leave extends Two {

    @Actor
    public void leaves() {
      channel.lock();
      channel.receivers.remove(first.node);
      channel.unlock();
      timing.leave(first.waiter);
    }

    @Actor
    public void comes() {
      come(second);
    }

    @Arbiter
    public void arbiter(I_Result r) {
      r.r1 = parksUntil(second.waiter);
    }
  }

  /// The first looks for a successor before it leaves the watch, and not in one step.
  @JCStressTest
  @Outcome(id = "101", expect = ACCEPTABLE, desc = "It keeps the time.")
  @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "It waits for ever.")
  @State
  public static class BrokenLooksBefore extends Two {

    @Actor
    public void leaves() {
      channel.lock();
      channel.receivers.remove(first.node);
      boolean alone = channel.receivers.isEmpty();
      channel.unlock();
      if (!alone) {
        timing.leave(first.waiter);
      }
    }

    @Actor
    public void comes() {
      come(second);
    }

    @Arbiter
    public void arbiter(I_Result r) {
      r.r1 = parksUntil(second.waiter);
    }
  }
}
