package dev.weft.time;

import dev.weft.base.Body;
import dev.weft.channel.Channel;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.Spawner;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.TimerCore;
import dev.weft.internal.timer.TimerNode;
import java.util.concurrent.locks.ReentrantLock;
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
   *   set    s1 the reference names a new node; s2 cancel the old one: was it pending?
   *          s3 give the new one to the clock
   *   stop   cancel the node that the reference names: true if it was pending
   *   s1, s2 and stop are under a lock, which firing does not take. s3 is not: it may start a thread.
   *
   * Invariants
   *   I1  When the lock is free no node is pending but the one that the reference names.
   *   I2  A node whose set() has not come to s3 may be cancelled: giving it to the clock then has no
   *       effect.
   *
   * Linearization (TMR-23)   set, stop: the cancel, or the attempt.
   *
   * Race      Without the lock:
   *             set:                  s1 node 2 in place of node 1
   *             stop: cancels node 2, says that it has prevented it, returns
   *             node 1 fires
   *             set:                  s2 node 1 has fired: says that the timer was not running
   *           A function starts after a stop() though nothing was set after that.
   *           Two set() at once: the later one in s1 cancels the node of the other, be it before or
   *           after s3.
   *
   * Evidence  AfterFuncStopStress, AfterFuncResetStress, AfterFuncLateStress with their broken twins;
   *           AfterFuncTest.
   */

  private final Clock clock;
  private final Spawner spawner;
  private final Body body;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Start current;

  /// A stopped timer. What the calling goroutine hands on to those it starts is taken down now.
  CallbackTimer(Clock clock, Body body) {
    this(clock, Runtime.get().spawner(), Runtime.carryNow(body));
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
    boolean running = replace(next);
    clock.add(next);
    return running;
  }

  private boolean replace(Start next) {
    lock.lock();
    try {
      Start before = current;
      current = next;
      return before != null && before.cancel();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean stop() {
    StackProbe.ensureMany(System.nanoTime());
    lock.lock();
    try {
      Start pending = current;
      return pending != null && pending.cancel();
    } finally {
      lock.unlock();
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
