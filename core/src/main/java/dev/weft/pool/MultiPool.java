package dev.weft.pool;

import dev.weft.base.Body;
import dev.weft.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// Several pools that share the tasks, so that they share no lock: `ants.MultiPool`.
///
/// ```java
/// MultiPool pool = MultiPool.of(8, 1_000, MultiPool.Strategy.ROUND_ROBIN);
/// pool.submit(() -> handle(request));
/// ```
///
/// Pays where many processors submit short tasks at the same time; with few, one [WorkerPool] is
/// simpler and makes better use of its workers. The numbers are sums over the pools (ANTS-26), at
/// most Integer.MAX_VALUE. Equality is identity.
public final class MultiPool {

  /// Which pool gets a task.
  public enum Strategy {
    /// One after the other, beginning with the first (ANTS-25), also after a [#reboot()] (where
    /// ants then begins with the second: ANTS-28). If that one refuses a task as too many, the one
    /// with the fewest workers is asked.
    ROUND_ROBIN,
    /// The one with the fewest workers; of several the first.
    LEAST_TASKS
  }

  private final List<WorkerPool> pools;
  private final Strategy strategy;
  private final AtomicInteger turn = new AtomicInteger();

  private MultiPool(List<WorkerPool> pools, Strategy strategy) {
    this.pools = pools;
    this.strategy = strategy;
  }

  /// A pool of pools of the usual kind; for others see [PoolBuilder#build(int, Strategy)].
  ///
  /// @param size how many pools
  /// @param capacity how many tasks may run at a time in each; 0 or less: no limit
  /// @param strategy which one gets a task
  /// @return the pool
  /// @throws IllegalArgumentException if the size is less than one: `invalid size for multiple
  ///   pool`
  public static MultiPool of(int size, int capacity, Strategy strategy) {
    return WorkerPool.builder(capacity).build(size, strategy);
  }

  static MultiPool of(int size, Strategy strategy, Supplier<WorkerPool> pools) {
    Objects.requireNonNull(strategy, "invalid load-balancing strategy");
    if (size < 1) {
      throw new IllegalArgumentException(
          "invalid size for multiple pool: " + size + "; let there be at least one");
    }
    List<WorkerPool> made = new ArrayList<>(size);
    boolean complete = false;
    try {
      for (int i = 0; i < size; i++) {
        made.add(pools.get());
      }
      complete = true;
    } finally {
      if (!complete) { // one that was to be pre-allocated, say, on a closed scheduler
        made.forEach(WorkerPool::release);
      }
    }
    return new MultiPool(List.copyOf(made), strategy);
  }

  // ---- Submitting ----

  /// Gives a task to a worker of one of the pools; as [WorkerPool#submit(Body)].
  ///
  /// @param task what to run; may throw anything
  /// @throws PoolClosedException if the pools are closed
  /// @throws PoolOverloadException if it may not wait, or too many do already
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it waits
  public void submit(Body task) throws InterruptedException {
    Objects.requireNonNull(task, "task");
    if (strategy == Strategy.LEAST_TASKS) {
      fewest().submit(task);
      return;
    }
    try {
      next().submit(task);
    } catch (PoolOverloadException overloaded) {
      fewest().submit(task);
    }
  }

  /// Gives a task to a worker if that is possible now. Does not wait.
  ///
  /// @param task what to run; may throw anything
  /// @return whether a worker has it
  /// @throws PoolClosedException if the pools are closed
  public boolean trySubmit(Body task) {
    Objects.requireNonNull(task, "task");
    return (strategy == Strategy.ROUND_ROBIN && next().trySubmit(task)) || fewest().trySubmit(task);
  }

  private WorkerPool next() {
    return pools.get(Integer.remainderUnsigned(turn.getAndIncrement(), pools.size()));
  }

  private WorkerPool fewest() {
    WorkerPool fewest = pools.getFirst();
    for (WorkerPool pool : pools) {
      if (pool.running() < fewest.running()) {
        fewest = pool;
      }
    }
    return fewest;
  }

  // ---- Size ----

  /// {@return the pools, in their order; for what there is to ask of each}
  public List<WorkerPool> pools() {
    return pools;
  }

  /// {@return how many workers there are in all, idle ones included} A snapshot.
  public int running() {
    return sum(WorkerPool::running);
  }

  /// {@return how many more workers there may be in all; each pool without limit counts as -1} A
  /// snapshot.
  public int free() {
    return sum(WorkerPool::free);
  }

  /// {@return how many wait to submit} A snapshot.
  public int waiting() {
    return sum(WorkerPool::waiting);
  }

  /// {@return how many workers there may be in all; each pool without limit counts as -1}
  public int capacity() {
    return sum(WorkerPool::capacity);
  }

  private int sum(ToIntFunction<WorkerPool> of) {
    long sum = pools.stream().mapToLong(of::applyAsInt).sum();
    return (int) Math.min(Integer.MAX_VALUE, sum);
  }

  /// Lets each pool have more or fewer workers from now on: as [WorkerPool#tune].
  ///
  /// @param capacity how many in each
  public void tune(int capacity) {
    pools.forEach(pool -> pool.tune(capacity));
  }

  // ---- The end ----

  /// {@return whether it has been released}
  public boolean isClosed() {
    return pools.stream().allMatch(WorkerPool::isClosed);
  }

  /// Closes all pools; does not wait: as [WorkerPool#release()].
  public void release() {
    pools.forEach(WorkerPool::release);
  }

  /// Closes all pools and waits until all workers have ended.
  ///
  /// @param timeout how long to wait at most, in all
  /// @return whether they have
  /// @throws PoolClosedException if it has been released before (ANTS-27)
  /// @throws InterruptedException if an interrupt comes while it waits; they are closed then
  public boolean release(Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(timeout, "timeout"));
    List<Channel<Object>> terminated = new ArrayList<>(pools.size());
    boolean was = true;
    for (WorkerPool pool : pools) {
      Channel<Object> closing = pool.core().release();
      was &= closing == null;
      terminated.add(closing == null ? pool.core().terminated() : closing);
    }
    if (was) {
      throw new PoolClosedException(this);
    }
    long left = Math.max(0, nanos);
    long start = System.nanoTime();
    boolean ended = true;
    for (Channel<Object> last : terminated) {
      ended &= last.receive(Duration.ofNanos(left - (System.nanoTime() - start))).isClosed();
    }
    return ended;
  }

  /// Opens released pools again; the first one is the next.
  public void reboot() {
    turn.set(0);
    pools.forEach(WorkerPool::reboot);
  }

  /// `MultiPool[8 pools, 13 of 8000 running, 0 waiting]`: a snapshot.
  @Override
  public String toString() {
    return "MultiPool["
        + pools.size()
        + " pools, "
        + running()
        + " of "
        + capacity()
        + " running, "
        + waiting()
        + " waiting]";
  }
}
