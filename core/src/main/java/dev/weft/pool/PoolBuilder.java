package dev.weft.pool;

import dev.weft.base.ThrowingConsumer;
import dev.weft.scheduler.Scheduler;
import dev.weft.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes pools that are different from the usual one: the options of ants. Of two calls that
/// contradict each other the later one counts (ANTS-19).
///
/// ```java
/// WorkerPool pool = WorkerPool.builder(100).maxWaiting(1_000).expiry(Duration.ofSeconds(10)).build();
/// ```
///
/// For one thread at a time.
public final class PoolBuilder {

  private final int capacity;
  private boolean nonblocking;
  private int maxWaiting;
  private @Nullable Duration expiry = usualExpiry();
  private boolean preAllocated;
  private @Nullable Consumer<? super Throwable> panicHandler;
  private @Nullable Scheduler scheduler;
  private @Nullable String name;
  private @Nullable Clock clock;

  PoolBuilder(int capacity) {
    this.capacity = capacity;
  }

  /// Who submits while all workers are busy does not wait, but gets a [PoolOverloadException]:
  /// `WithNonblocking`.
  ///
  /// @return this
  public PoolBuilder nonblocking() {
    nonblocking = true;
    return this;
  }

  /// Only so many wait to submit; others get a [PoolOverloadException]: `WithMaxBlockingTasks`. Has
  /// no effect on a nonblocking pool (ANTS-4).
  ///
  /// @param submitters how many; 0: no limit
  /// @return this
  /// @throws IllegalArgumentException if the number is negative
  public PoolBuilder maxWaiting(int submitters) {
    if (submitters < 0) {
      throw new IllegalArgumentException(submitters + " submitters are less than none");
    }
    maxWaiting = submitters;
    return this;
  }

  /// Ends workers that have been idle for so long; it may take twice as long until they are found
  /// (ANTS-10): `WithExpiryDuration`.
  ///
  /// @param idle how long; 0 is the usual second (ANTS-9)
  /// @return this
  /// @throws IllegalArgumentException if it is negative: `invalid expiry for pool`
  public PoolBuilder expiry(Duration idle) {
    if (idle.isNegative()) {
      throw new IllegalArgumentException(
          "invalid expiry for pool: " + idle + "; a worker cannot be idle for less than no time");
    }
    expiry = idle.isZero() ? usualExpiry() : idle;
    return this;
  }

  /// No constant: its initializer might run near the end of a stack, and overflow.
  private static Duration usualExpiry() {
    return Duration.ofSeconds(1);
  }

  /// Lets idle workers stay: `WithDisablePurge` (ANTS-12).
  ///
  /// @return this
  public PoolBuilder keepIdle() {
    expiry = null;
    return this;
  }

  /// Starts all workers when the pool is made, gives each task to the one that has been idle
  /// longest (ANTS-8), and fixes the capacity: `WithPreAlloc`. In ants that allocates the memory
  /// for the queue of idle workers, which needs none here. If they are to stay, add [#keepIdle()].
  ///
  /// @return this
  public PoolBuilder preAllocate() {
    preAllocated = true;
    return this;
  }

  /// Lets somebody know what tasks throw: `WithPanicHandler`. Called by the goroutine that has run
  /// the task, when it does not count as running any more. What it throws itself goes to the
  /// scheduler's uncaught exception handler.
  ///
  /// @param handler whom to tell
  /// @return this
  public PoolBuilder panicHandler(Consumer<? super Throwable> handler) {
    panicHandler = Objects.requireNonNull(handler, "handler");
    return this;
  }

  /// Runs the workers on a scheduler; else it is the one of the goroutine that makes the pool, or
  /// the default one. When it is closed its pools can start no more workers.
  ///
  /// @param value which
  /// @return this
  public PoolBuilder scheduler(Scheduler value) {
    scheduler = Objects.requireNonNull(value, "scheduler");
    return this;
  }

  /// Gives the workers a name, which thread dumps show.
  ///
  /// @param value the name
  /// @return this
  public PoolBuilder name(String value) {
    name = Objects.requireNonNull(value, "name");
    return this;
  }

  /// Measures idleness by a clock, so that a test can be its own time.
  ///
  /// @param value what to go by
  /// @return this
  public PoolBuilder clock(Clock value) {
    clock = Objects.requireNonNull(value, "clock");
    return this;
  }

  /// {@return a pool for any tasks}
  ///
  /// @throws IllegalArgumentException if it was to be pre-allocated and has no limit: `can not set
  ///   up a negative capacity under PreAlloc mode`
  public WorkerPool build() {
    return new WorkerPool(options());
  }

  /// Makes a pool for one function.
  ///
  /// @param <T> the type of the arguments
  /// @param function what to run; may throw anything
  /// @return the pool
  /// @throws IllegalArgumentException as [#build()]
  /// @throws NullPointerException if there is no function
  public <T> FunctionPool<T> build(ThrowingConsumer<? super T, ?> function) {
    Objects.requireNonNull(function, "must provide function for pool");
    return new FunctionPool<>(options(), function);
  }

  /// Makes a pool of such pools.
  ///
  /// @param pools how many
  /// @param strategy which one gets a task
  /// @return the pool
  /// @throws IllegalArgumentException if it is less than one: `invalid size for multiple pool`; and
  ///   as [#build()]
  public MultiPool build(int pools, MultiPool.Strategy strategy) {
    return MultiPool.of(pools, strategy, this::build);
  }

  private PoolOptions options() {
    Linkage.prepare();
    if (preAllocated && capacity <= 0) {
      throw new IllegalArgumentException(
          "can not set up a negative capacity under PreAlloc mode: "
              + capacity
              + "; say how many workers there are to be");
    }
    return new PoolOptions(
        capacity,
        nonblocking,
        maxWaiting,
        expiry,
        preAllocated,
        panicHandler,
        scheduler == null ? Scheduler.current() : scheduler,
        name,
        clock == null ? Clock.system() : clock);
  }
}
