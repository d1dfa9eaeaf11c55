package dev.weft.pool;

import dev.weft.base.Body;
import dev.weft.internal.park.Runtime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/// Goroutines that run any tasks, at most so many at a time: `ants.Pool`.
///
/// ```java
/// WorkerPool pool = WorkerPool.of(100);
/// for (Path file : files) {
///   pool.submit(() -> index(file));          // waits while a hundred are at work
/// }
/// pool.release(Duration.ofMinutes(1));       // no more of them, and wait for those at work
/// ```
///
/// A goroutine is cheap, so a pool saves little against starting one for each task: use it where
/// tasks are short and many, or where something is kept for each worker. Else a [Limiter] does.
///
/// A task that submits to its own pool waits for a worker as anybody does. If all do, none of them
/// ever ends (ANTS-20): use [#trySubmit] there.
public final class WorkerPool extends AbstractWorkerPool<Body> {

  WorkerPool(PoolOptions options) {
    super(options, Body::run);
  }

  /// A pool in which at most so many tasks run at a time; who submits more waits.
  ///
  /// @param capacity how many; 0 or less: no limit (ANTS-1)
  /// @return the pool
  public static WorkerPool of(int capacity) {
    return builder(capacity).build();
  }

  /// A pool that is to be different from the usual one.
  ///
  /// @param capacity how many tasks may run at a time; 0 or less: no limit (ANTS-1)
  /// @return what makes it
  public static PoolBuilder builder(int capacity) {
    return new PoolBuilder(capacity);
  }

  /// Gives a task to a worker: `Submit`. Waits while as many are running as may, in the order of
  /// those who came; or does not, if the pool is [nonblocking][PoolBuilder#nonblocking()].
  ///
  /// The task gets the [current context][dev.weft.context.Context#current()] of its submitter, as a
  /// goroutine would.
  ///
  /// @param task what to run; may throw anything
  /// @throws PoolClosedException if the pool is closed, or has been while this waited
  /// @throws PoolOverloadException if it may not wait, or too many do already (ANTS-4, ANTS-5)
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; then the task is not run
  public void submit(Body task) throws InterruptedException {
    put(Runtime.carry(Objects.requireNonNull(task, "task")));
  }

  /// Gives a task to a worker, if that is possible within some time.
  ///
  /// @param task what to run; may throw anything
  /// @param timeout how long to wait at most; zero or less does not wait
  /// @return whether a worker has it; if not, it is not run
  /// @throws PoolClosedException as [#submit(Body)]
  /// @throws PoolOverloadException if too many wait already
  /// @throws InterruptedException as [#submit(Body)]
  public boolean submit(Body task, Duration timeout) throws InterruptedException {
    return put(Runtime.carry(Objects.requireNonNull(task, "task")), timeout);
  }

  /// Gives a task to a worker if that is possible now. Does not wait, and does not look at the
  /// interrupt flag.
  ///
  /// @param task what to run; may throw anything
  /// @return whether a worker has it
  /// @throws PoolClosedException if the pool is closed
  public boolean trySubmit(Body task) {
    return putNow(Runtime.carry(Objects.requireNonNull(task, "task")));
  }

  /// {@return a view for code that wants an executor} What a task throws goes to its future. Where
  /// the pool refuses or an interrupt comes while a task waits for a worker, `execute` throws a
  /// RejectedExecutionException. Each call makes a new view; to shut it down stops what was given
  /// to it, and is nothing to the pool.
  public ExecutorService asExecutorService() {
    return new TaskExecutor(this::submit);
  }
}
