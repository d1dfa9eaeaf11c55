package dev.weft.benchmarks;

import dev.weft.base.Body;

/// Lets a program of kotlinx.coroutines start from JMH's thread: it goes to `Dispatchers.Default`,
/// the best one for programs that do not block threads, by itself.
public final class KotlinxHost implements Host {

  /// Creates it, before the dispatcher is used for the first time.
  ///
  /// @param procs how many threads the dispatcher has
  public KotlinxHost(int procs) {
    System.setProperty("kotlinx.coroutines.scheduler.core.pool.size", Integer.toString(procs));
  }

  @Override
  public void run(Body body) {
    try {
      body.run();
    } catch (Throwable e) {
      throw new IllegalStateException("a coroutine failed", e);
    }
  }
}
