package dev.weft.time;

import dev.weft.internal.park.Alarm;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.TickClock;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerShard;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A clock that stands still until it is told to go on, for tests.
///
/// ```java
/// FakeClock clock = new FakeClock();
/// go(() -> poll(clock, Duration.ofMinutes(5)));   // sleeps by this clock
/// clock.awaitPending(1);                          // it has come to the sleep
/// clock.advance(Duration.ofMinutes(5));           // it goes on
/// ```
///
/// Begins at midnight on 1 January 2000, UTC, as in Go's synctest, unless told otherwise. Any
/// number of threads may use one clock at the same time.
public final class FakeClock extends Clock {

  private static final long FIRST = 1; // of nanoTime()

  private final Instant start;
  private final TimerShard timers;
  private final TickClock ticks = new Ticks();
  private final ReentrantLock advancing = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();

  private volatile long now = FIRST;
  private volatile @Nullable Throwable failure;

  /// A clock that shows midnight on 1 January 2000, UTC.
  public FakeClock() {
    this(Instant.parse("2000-01-01T00:00:00Z"));
  }

  /// A clock that shows a certain time.
  ///
  /// @param start the time
  public FakeClock(Instant start) {
    Linkage.prepare();
    this.start = Objects.requireNonNull(start, "start");
    this.timers = new TimerShard(this::failed);
  }

  @Override
  public Instant instant() {
    return instantOf(now);
  }

  private Instant instantOf(long nanos) {
    return start.plusNanos(nanos - FIRST);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  /// Lets time pass. The clock stops at each instant at which something is due, in order: then it
  /// wakes who sleeps or waits until then, and starts functions that are due. It does not wait for
  /// what they do: what they set anew after they have been started counts from the time that the
  /// clock has come to by then.
  ///
  /// If several threads do this at the same time, one goes after the other.
  ///
  /// @param duration how much; zero fires what is due now
  /// @throws IllegalArgumentException if it is negative
  /// @throws IllegalStateException if a function could not be started; the cause says why
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(duration + ": a clock does not go back");
    }
    advancing.lock();
    try {
      long target = Math.min(TimeSource.deadlineAfter(now, nanos(duration)), TimeSource.NEVER - 1);
      long next = timers.nextDeadline();
      while (next <= target) {
        now = Math.max(now, next);
        timers.runDue(now);
        next = timers.nextDeadline();
      }
      now = target;
      timers.runDue(now); // what was added when the clock had not come so far
    } finally {
      advancing.unlock();
    }
    lookAgain();
    checkFailure();
  }

  /// {@return how many wait for this clock now} Who sleeps, who is blocked on the channel of a
  /// timer that is running, and functions that have not been started. Of several that are blocked
  /// on one channel one counts. A timer that nobody is blocked on does not count: it will be looked
  /// at.
  public int pending() {
    return timers.pending();
  }

  /// Waits until so many wait for this clock: see [#pending()].
  ///
  /// @param count how many at least
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public void awaitPending(int count) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (timers.pending() < count) {
        added.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  void sleepUntil(long deadline) throws InterruptedException {
    StackProbe.ensureMany(System.nanoTime());
    Waiter waiter = Runtime.get().waiter();
    long ticket = waiter.arm();
    WakeNode node = new WakeNode(waiter, ticket, deadline);
    add(node);
    try {
      if (waiter.await(ticket, WaitReason.SLEEP, this) == Waiter.INTERRUPTED) {
        throw new InterruptedException("sleep was interrupted");
      }
    } finally {
      node.cancel();
    }
  }

  @Override
  TickClock ticks() {
    return ticks;
  }

  @Override
  void add(TimerNode node) {
    timers.add(node);
    long present = now;
    if (node.deadline() <= present) {
      timers.runDue(present);
    }
    lookAgain();
  }

  /// To those in awaitPending(): after each add, and after each run too, since the count may be too
  /// low while nodes are under way from the inbox of the shard to its heap.
  private void lookAgain() {
    lock.lock();
    try {
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void failed(@Nullable TimerNode node, Throwable thrown) {
    failure = thrown;
  }

  private void checkFailure() {
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a function that was due could not be started", thrown);
    }
  }

  /// `FakeClock[2000-01-01T00:00:00Z, 2 pending]`.
  @Override
  public String toString() {
    return "FakeClock[" + instant() + ", " + pending() + " pending]";
  }

  private final class Ticks implements TickClock {

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public Instant instantAt(long nanos) {
      return instantOf(nanos);
    }

    @Override
    public Alarm wakeAt(Waiter waiter, long deadline) {
      WakeNode node = new WakeNode(waiter, 0, deadline);
      add(node);
      return node;
    }
  }

  /// Wakes a thread. The round with this ticket, if it is one, ends with that.
  private static final class WakeNode extends TimerNode implements Alarm {

    private @Nullable Waiter waiter;
    private final long ticket;

    WakeNode(Waiter waiter, long ticket, long deadline) {
      super(deadline);
      this.waiter = waiter;
      this.ticket = ticket;
    }

    @Override
    protected void fire(long now) {
      Waiter sleeper = waiter;
      if (sleeper != null) {
        sleeper.decide(ticket, Waiter.TIMED_OUT); // no round has the ticket 0
        sleeper.wake();
      }
    }

    @Override
    protected void release() {
      waiter = null;
    }
  }
}
