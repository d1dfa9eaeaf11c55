package dev.weft.time;

import dev.weft.internal.park.Alarm;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.TickClock;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerFailureHandler;
import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerShard;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
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

  // Under `advancing`.
  private @Nullable Throwable failure;
  private boolean shortOfMemory;

  /// A clock that shows midnight on 1 January 2000, UTC.
  public FakeClock() {
    this(Instant.parse("2000-01-01T00:00:00Z"));
  }

  /// A clock that shows a certain time.
  ///
  /// @param start the time
  /// @throws IllegalArgumentException if the calendar ends within 293 years from then
  public FakeClock(Instant start) {
    this(start, TimerShard::new);
  }

  /// For tests that let the clock run out of room.
  FakeClock(Instant start, Function<TimerFailureHandler, TimerShard> timers) {
    Linkage.prepare();
    this.start = Objects.requireNonNull(start, "start");
    checkRoom(start);
    this.timers = timers.apply(this::failed);
  }

  /// The clock must be able to show whatever it can be advanced to.
  private static void checkRoom(Instant start) {
    try {
      Objects.requireNonNull(start.plusNanos(TimeSource.NEVER));
    } catch (DateTimeException tooLate) {
      throw new IllegalArgumentException(
          start + ": the calendar ends before this clock could; let it begin earlier", tooLate);
    }
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
  /// @throws IllegalStateException if a function could not be started, since the advance before;
  ///   the cause says why. If there was no memory for a timer, the clock has stopped when that was
  ///   due, and the next advance tries again
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(duration + ": a clock does not go back");
    }
    StackProbe.ensureFiring(System.nanoTime()); // what is taken out of the heap must be fired
    Throwable failed;
    advancing.lock();
    try {
      long target = Math.min(TimeSource.deadlineAfter(now, nanos(duration)), TimeSource.NEVER - 1);
      do {
        now = Math.max(now, Math.min(timers.nextDeadline(), target));
      } while (runDue() && now < target);
      failed = failure;
      failure = null;
    } finally {
      advancing.unlock();
    }
    lookAgain();
    if (failed != null) {
      throw new IllegalStateException("not all that was due could be started", failed);
    }
  }

  /// Fires all that is due now. Under `advancing`: else a thread that finds another one at it would
  /// leave the rest to that, and go on before it has happened.
  ///
  /// @return false if some are left that there is no memory for
  private boolean runDue() {
    shortOfMemory = false;
    do {
      timers.runDue(now);
    } while (!shortOfMemory && timers.nextDeadline() <= now);
    return !shortOfMemory;
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
    StackProbe.ensureFiring(System.nanoTime()); // as in advance
    timers.add(node);
    if (node.deadline() <= now) {
      advancing.lock();
      try {
        runDue();
      } finally {
        advancing.unlock();
      }
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

  /// Under `advancing`. The first failure counts.
  private void failed(@Nullable TimerNode node, Throwable thrown) {
    if (node == null) {
      shortOfMemory = true;
    }
    if (failure == null) {
      failure = thrown;
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
