package dev.weft.time;

import dev.weft.channel.Channel;
import dev.weft.internal.park.FreshStack;
import dev.weft.internal.timer.ClockNodes;
import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerShard;
import dev.weft.internal.timer.TimerThread;
import java.util.Objects;

/// Initializes what timers are made of on a stack of its own, before the first is made: a class
/// whose initializer overflows the stack is broken for good ([FreshStack]).
final class Linkage implements Runnable {

  private static volatile boolean done;

  private Linkage() {}

  /// Called by whoever gives out a clock. Two threads that are the first together both do it, which
  /// does no harm.
  static void prepare() {
    if (!done) {
      FreshStack.run("weft-first-timer", new Linkage());
      done = true;
    }
  }

  @Override
  public void run() {
    Objects.requireNonNull(Channel.nil()); // the channels' own preparations
    Objects.requireNonNull(TimerThread.get());
    ClockNodes.takenBy(new OfClock());
    new TimerShard((node, thrown) -> {}).checkInvariants();
    new CallbackTimer(SystemClock.INSTANCE, () -> {}).stop();
  }

  /// A nested class, not a lambda: that would have to be linked first.
  private static final class OfClock implements ClockNodes.Taker {

    @Override
    public void take(Object clock, TimerNode node) {
      ((Clock) clock).add(node);
    }
  }
}
