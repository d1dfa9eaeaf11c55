package dev.weft.internal.timer;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Timers whose firing may block for a moment, as the start of a thread may: one daemon thread runs
/// them, which is there only while there are any.
///
/// A machine of the gpm scheduler must not start threads. The JDK enters each new one into a map,
/// whose monitors a machine would share with the virtual threads that it carries: it would wait for
/// one that only it can run.
public final class TimerThread {
  /*
   * TimerThread: a few shards (TimerShard), served by one thread, which sleeps until the earliest of
   * their deadlines.
   *
   * States    of `sleeper`
   *   null      no thread; there may be cancelled nodes
   *   a thread  it serves, or sleeps and is unparked by each add that lowers a deadline
   *
   *   null --start (adder, under the lock `starting`)--> the thread --end (itself, idle)--> null
   *
   * Invariant     A node that is pending, and whose add has returned, is looked at by its deadline:
   *               by a thread in `sleeper`, which has read nextDeadline() since, or has a permit, or
   *               is about to look again before it ends.
   *
   * Races
   *   R1 add against sleep. The thread reads the deadlines, then parks; the adder lowers a deadline
   *      first and unparks then: the thread has read it, or finds the permit.
   *   R2 add against end. The thread writes null, then reads the deadlines once more; the adder
   *      lowers one, then reads `sleeper`. Both are volatile, so one of the two sees the other's
   *      write: the adder starts a thread, or the thread takes up service again, under `starting`,
   *      unless somebody has been started meanwhile.
   *   R3 an adder whose deadline is not the earliest does not unpark, but it starts the thread if it
   *      finds none: the start by whose deadline is the earliest may fail.
   *
   * The lock is held while a thread starts: once, and again only after IDLE_NANOS of idleness.
   *
   * Evidence: TimerEndStress (R2) with its broken twin; TimerThreadTest.
   */
  private static final long IDLE_NANOS = 10_000_000_000L;
  private static final int MAX_SHARDS = 8;

  /// After so much time a timer is filed anew that there was no memory for.
  private static final long RETRY_NANOS = 1_000_000L;

  /// The one of this JVM; apart, so that tests may have their own.
  private static final class Shared {
    static final TimerThread INSTANCE = new TimerThread("weft-timers");
  }

  private final TimerShard[] shards;
  private final String name;
  private final long idleNanos;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile @Nullable Thread sleeper;

  // By the thread that serves.
  private boolean shortOfMemory;

  /// One beside that of this JVM, for nodes whose firing may wait for locks.
  ///
  /// @param name of the thread
  public TimerThread(String name) {
    this(name, IDLE_NANOS);
  }

  TimerThread(String name, long idleNanos) {
    this(name, idleNanos, TimerShard::new);
  }

  /// For tests that let it run out of room.
  TimerThread(String name, long idleNanos, Function<TimerFailureHandler, TimerShard> maker) {
    this.name = name;
    this.idleNanos = idleNanos;
    int processors = Math.min(MAX_SHARDS, Runtime.getRuntime().availableProcessors());
    this.shards = new TimerShard[Integer.highestOneBit(processors)];
    for (int i = 0; i < shards.length; i++) {
      shards[i] = maker.apply(this::report);
    }
  }

  /// {@return the one of this JVM}
  public static TimerThread get() {
    return Shared.INSTANCE;
  }

  /// Adds a node, unless it was cancelled before. Its firing may block shortly.
  ///
  /// Caller: any thread that may wait for the start of another. What is thrown, for want of memory
  /// say, is thrown before anything has happened.
  ///
  /// @param node new, on the clock of [TimeSource]
  /// @param hint threads with different ones get less in each other's way
  public void add(TimerNode node, int hint) {
    boolean earlier = shards[hint & (shards.length - 1)].add(node);
    if (earlier || sleeper == null) { // in this order: R2
      wake(node);
    }
  }

  private void wake(TimerNode node) {
    Thread thread = sleeper;
    if (thread != null) {
      LockSupport.unpark(thread);
      return;
    }
    try {
      ensureStarted();
    } catch (Throwable failure) {
      node.cancel();
      throw failure;
    }
  }

  private void ensureStarted() {
    starting.lock();
    try {
      Thread thread = sleeper;
      if (thread != null) {
        LockSupport.unpark(thread);
        return;
      }
      Thread fresh = new Thread(null, new Service(), name, 0, false);
      fresh.setDaemon(true);
      fresh.start();
      servedBy(fresh);
    } finally {
      starting.unlock();
    }
  }

  /// A nested class, not a lambda: that would have to be linked first.
  private final class Service implements Runnable {

    @Override
    public void run() {
      boolean ended = false;
      try {
        do {
          serve();
        } while (!end());
        ended = true;
      } finally {
        if (!ended) { // an Error: the next who adds starts another one
          sleeper = null;
        }
      }
    }
  }

  /// Runs what is due and sleeps, until there has been nothing to wait for.
  private void serve() {
    while (true) {
      shortOfMemory = false;
      long earliest = runDue();
      long now = TimeSource.now();
      if (shortOfMemory) { // what is due stays due: do not spin until there is memory
        LockSupport.parkNanos(this, RETRY_NANOS);
      } else if (earliest == TimeSource.NEVER) {
        LockSupport.parkNanos(this, idleNanos);
        if (earliest() == TimeSource.NEVER && TimeSource.now() - now >= idleNanos) {
          return;
        }
      } else if (earliest > now) {
        LockSupport.parkNanos(this, earliest - now);
      }
      Thread.interrupted(); // means nothing here, and would keep this thread awake
    }
  }

  private long runDue() {
    for (TimerShard shard : shards) {
      long now = TimeSource.now();
      if (shard.wantsService(now)) {
        shard.runDue(now);
      }
    }
    return earliest();
  }

  private long earliest() {
    long earliest = TimeSource.NEVER;
    for (TimerShard shard : shards) {
      earliest = Math.min(earliest, shard.nextDeadline());
    }
    return earliest;
  }

  /// Caller: holds `starting`, or nobody else knows this yet.
  void servedBy(Thread thread) {
    sleeper = thread;
  }

  /// R2. True: this thread is to end.
  boolean end() {
    starting.lock();
    try {
      sleeper = null;
      if (earliest() == TimeSource.NEVER) {
        return true;
      }
      servedBy(Thread.currentThread());
      return false;
    } finally {
      starting.unlock();
    }
  }

  /// About how many timers are pending.
  public int pending() {
    int pending = 0;
    for (TimerShard shard : shards) {
      pending += shard.pending();
    }
    return pending;
  }

  /// About how many nodes are kept alive, cancelled ones included.
  int retained() {
    int retained = 0;
    for (TimerShard shard : shards) {
      retained += shard.retained();
    }
    return retained;
  }

  boolean isRunning() {
    return sleeper != null;
  }

  /// To the handler for uncaught exceptions; what that one throws is ignored, as the JVM does.
  private void report(@Nullable TimerNode node, Throwable failure) {
    if (node == null) {
      shortOfMemory = true;
    }
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    } catch (Throwable ofHandler) {
      // The other timers must go on.
    }
  }
}
