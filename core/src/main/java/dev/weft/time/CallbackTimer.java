package dev.weft.time;

import dev.weft.base.Body;
import dev.weft.channel.Channel;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.Spawner;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.TimerCore;
import dev.weft.internal.timer.TimerNode;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A timer that starts a goroutine when it is due: what is behind [Timer#afterFunc].
final class CallbackTimer extends TimerCore {

  /*
   * CallbackTimer: a reference to the node of the present setting. A node is used once: it fires or
   * is cancelled, which one compare-and-set decides (TimerNode). A set() puts a new node in place of
   * the old one.
   *
   * States    of the timer are those of its node: pending (new or scheduled), fired, cancelled.
   *
   *   set    s1 exchange the reference for a new node; s2 cancel the old one: was it pending?
   *          s3 give the new one to the clock
   *   stop   t1 read the reference; t2 cancel that node: true if it was pending
   *          t3 else look whether the reference is still the same, and if not begin again
   *
   * Invariants
   *   I1  At most one node is pending, but for those between s1 and s2 of a set().
   *   I2  A node whose set() has not come to s3 may be cancelled: giving it to the clock then has no
   *       effect.
   *
   * Linearization (TMR-23)   stop: true at the cancel; false at t3. set: at s2.
   *
   * Race      Without t3:
   *             stop: t1 reads node 1
   *             set:                  s1 node 2 in place of node 1, s2 cancels node 1: it was running
   *             stop: t2 node 1 is cancelled already: says that the timer is not running; but it is
   *                   running, and was all the time.
   *           Two set() at once: the later one in s1 cancels the node of the other, be it before or
   *           after s3.
   *
   * Evidence  AfterFuncStopStress, AfterFuncResetStress with their broken twins; AfterFuncTest.
   */

  private final Clock clock;
  private final Spawner spawner;
  private final Body body;
  private final AtomicReference<@Nullable Start> current = new AtomicReference<>();

  /// A stopped timer. What the calling goroutine hands on to those it starts is taken down now.
  CallbackTimer(Clock clock, Body body) {
    this(clock, Runtime.get().spawner(), Runtime.carry(body));
  }

  CallbackTimer(Clock clock, Spawner spawner, Body body) {
    this.clock = clock;
    this.spawner = spawner;
    this.body = body;
  }

  @Override
  public boolean set(long due, long period) {
    StackProbe.ensureMany(System.nanoTime());
    Start next = new Start(this, due);
    Start before = current.getAndSet(next);
    boolean running = before != null && before.cancel();
    clock.add(next);
    return running;
  }

  @Override
  public boolean stop() {
    while (true) {
      Start seen = current.get();
      if (seen == null) {
        return false;
      }
      if (seen.cancel()) {
        return true;
      }
      if (current.get() == seen) {
        return false;
      }
    }
  }

  @Override
  public Object channel() {
    return Channel.nil();
  }

  /// Starts the goroutine, once. Must not run the body itself: whoever fires has others to serve
  /// (TMR-21).
  private static final class Start extends TimerNode {

    private @Nullable CallbackTimer timer;

    Start(CallbackTimer timer, long due) {
      super(due);
      this.timer = timer;
    }

    @Override
    protected void fire(long now) {
      CallbackTimer due = timer;
      if (due != null) {
        due.spawner.spawn(due.body);
      }
    }

    @Override
    protected void release() {
      timer = null; // the node may stay in its heap until the deadline
    }
  }
}
