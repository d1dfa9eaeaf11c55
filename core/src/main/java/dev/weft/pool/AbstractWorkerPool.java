package dev.weft.pool;

import dev.weft.base.ThrowingConsumer;
import dev.weft.channel.Channel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What pools of workers have in common: their size, and how they end.
///
/// A worker is a goroutine that stays for the next task. There are at most [#capacity()] of them,
/// and no more tasks run at a time, but for a moment after a [#tune] to less (ANTS-30). A worker
/// that has been idle for long ends.
///
/// A task that fails ends its worker, and the pool goes on without it: what was thrown goes to the
/// pool's panic handler, or else to the uncaught exception handler of its scheduler (ANTS-13).
/// `goexit()` ends the worker, too. What tasks leave in thread locals, the next one on the same
/// goroutine finds.
///
/// Any kind of thread may use a pool. Memory: what a thread does before it submits is visible to
/// the task. Equality is identity.
///
/// @param <T> what is submitted
public abstract sealed class AbstractWorkerPool<T> permits WorkerPool, FunctionPool {

  private final PoolCore<T> core;

  AbstractWorkerPool(PoolOptions options, ThrowingConsumer<? super T, ?> handler) {
    core = new PoolCore<>(options, handler, this);
    if (options.oldestFirst()) {
      boolean started = false;
      try {
        core.startAll();
        started = true;
      } finally {
        if (!started) {
          core.release();
        }
      }
    }
  }

  final PoolCore<T> core() {
    return core;
  }

  /// Waits until the task has a worker.
  final void put(T task) throws InterruptedException {
    checkInterrupt();
    core.submit(task, PoolCore.NEVER);
  }

  final boolean put(T task, Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(timeout, "timeout"));
    checkInterrupt();
    return core.submit(task, nanos <= 0 ? PoolCore.NOW : PoolCore.deadlineAfter(nanos));
  }

  final boolean putNow(T task) {
    try {
      return core.submit(task, PoolCore.NOW);
    } catch (InterruptedException e) {
      throw new AssertionError("it has not waited", e);
    }
  }

  private void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to " + this);
    }
  }

  // ---- Size ----

  /// {@return how many workers there are now, idle ones included: `Running`} A snapshot.
  public final int running() {
    return core.running();
  }

  /// {@return how many more workers there may be: `Free`; -1 for a pool without limit} A snapshot.
  public final int free() {
    int capacity = core.capacity();
    return capacity < 0 ? -1 : Math.max(0, capacity - core.running());
  }

  /// {@return how many wait to submit: `Waiting`} A snapshot.
  public final int waiting() {
    return core.waiting();
  }

  /// {@return how many workers there may be: `Cap`; -1 for a pool without limit}
  public final int capacity() {
    return core.capacity();
  }

  /// Lets there be more or fewer workers from now on: `Tune`. If more, those who wait to submit get
  /// theirs; if fewer, idle ones end now, and busy ones after their tasks.
  ///
  /// @param capacity how many
  /// @return whether that has changed anything: not if it is 0 or less or what it was, and not for
  ///   a pool without limit or one that was [pre-allocated][PoolBuilder#preAllocate()] (ANTS-14)
  public final boolean tune(int capacity) {
    return core.tune(capacity);
  }

  // ---- The end ----

  /// {@return whether it has been released}
  public final boolean isClosed() {
    return core.isClosed();
  }

  /// {@return whether it has been released, and all its workers have ended}
  public final boolean isTerminated() {
    return core.isClosed() && core.terminated().isClosed();
  }

  /// Closes the pool: `Release`. Does not wait. Nothing can be submitted any more, and whoever
  /// waits for that gets a [PoolClosedException]. Idle workers end now, busy ones after their
  /// tasks; a task that has been taken is run. Releasing again does nothing (ANTS-16).
  public final void release() {
    core.release();
  }

  /// Closes the pool and waits until all workers have ended: `ReleaseTimeout`.
  ///
  /// @param timeout how long to wait at most; zero or less does not wait
  /// @return whether they have ended; false is ants' `operation timed out`
  /// @throws PoolClosedException if it has been released before (ANTS-17); [#awaitTermination]
  ///   waits for that
  /// @throws InterruptedException if an interrupt comes while it waits; it is closed then
  public final boolean release(Duration timeout) throws InterruptedException {
    Objects.requireNonNull(timeout, "timeout");
    Channel<Object> terminated = core.release();
    if (terminated == null) {
      throw new PoolClosedException(this);
    }
    return terminated.receive(timeout).isClosed();
  }

  /// Waits until the pool has been released and all workers have ended.
  ///
  /// @param timeout how long to wait at most; zero or less only looks
  /// @return whether they have
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it waits
  public final boolean awaitTermination(Duration timeout) throws InterruptedException {
    return core.terminated().receive(timeout).isClosed();
  }

  /// Opens a released pool again: `Reboot`. Does nothing to an open one (ANTS-18). Workers that are
  /// still at a task may go on with others after it.
  public final void reboot() {
    core.reboot();
  }

  /// `WorkerPool@1a2b[3 of 8 running, 2 waiting]`: a snapshot.
  @Override
  public final String toString() {
    int capacity = core.capacity();
    return getClass().getSimpleName()
        + "@"
        + Integer.toHexString(hashCode())
        + "["
        + core.running()
        + (capacity < 0 ? "" : " of " + capacity)
        + " running, "
        + core.waiting()
        + " waiting"
        + (core.isClosed() ? ", closed]" : "]");
  }
}
