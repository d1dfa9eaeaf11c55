package dev.weft.pool;

import dev.weft.base.ThrowingConsumer;
import java.time.Duration;
import java.util.Objects;

/// Goroutines that run one function for many arguments, at most so many at a time:
/// `ants.PoolWithFunc`, `ants.PoolWithFuncGeneric`.
///
/// ```java
/// FunctionPool<Path> indexing = FunctionPool.of(100, this::index);
/// for (Path file : files) {
///   indexing.invoke(file);
/// }
/// ```
///
/// Saves an object for each task against a [WorkerPool].
///
/// @param <T> the type of the arguments; not null
public final class FunctionPool<T> extends AbstractWorkerPool<T> {

  FunctionPool(PoolOptions options, ThrowingConsumer<? super T, ?> function) {
    super(options, function);
  }

  /// A pool in which the function runs at most so many times at a time; who invokes it more often
  /// waits.
  ///
  /// @param <T> the type of the arguments
  /// @param capacity how many; 0 or less: no limit
  /// @param function what to run; may throw anything
  /// @return the pool
  /// @throws NullPointerException if there is no function: `must provide function for pool`
  public static <T> FunctionPool<T> of(int capacity, ThrowingConsumer<? super T, ?> function) {
    return new PoolBuilder(capacity).build(function);
  }

  /// Lets a worker run the function: `Invoke`. Waits as [WorkerPool#submit(dev.weft.base.Body)].
  ///
  /// @param argument for the function
  /// @throws PoolClosedException if the pool is closed, or has been while this waited
  /// @throws PoolOverloadException if it may not wait, or too many do already
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; then the function is not run
  public void invoke(T argument) throws InterruptedException {
    put(Objects.requireNonNull(argument, "argument"));
  }

  /// Lets a worker run the function, if that is possible within some time.
  ///
  /// @param argument for the function
  /// @param timeout how long to wait at most; zero or less does not wait
  /// @return whether a worker has it; if not, the function is not run
  /// @throws PoolClosedException as [#invoke(Object)]
  /// @throws PoolOverloadException if too many wait already
  /// @throws InterruptedException as [#invoke(Object)]
  public boolean invoke(T argument, Duration timeout) throws InterruptedException {
    return put(Objects.requireNonNull(argument, "argument"), timeout);
  }

  /// Lets a worker run the function if that is possible now. Does not wait, and does not look at
  /// the interrupt flag.
  ///
  /// @param argument for the function
  /// @return whether a worker has it
  /// @throws PoolClosedException if the pool is closed
  public boolean tryInvoke(T argument) {
    return putNow(Objects.requireNonNull(argument, "argument"));
  }
}
