package dev.weft.pool;

import org.jspecify.annotations.Nullable;

/// The workers of a pool that have nothing to do, by how long. Linked through the workers, so
/// nothing is allocated. Guarded by the lock of the pool.
final class IdleWorkers<T> {

  private @Nullable PoolWorker<T> newest;
  private @Nullable PoolWorker<T> oldest;

  boolean isEmpty() {
    return newest == null;
  }

  /// The one that has been idle longest, or null.
  @Nullable PoolWorker<T> oldest() {
    return oldest;
  }

  /// The one that has been idle shortest, or null.
  @Nullable PoolWorker<T> newest() {
    return newest;
  }

  /// Adds one that has been idle for no time.
  void add(PoolWorker<T> worker) {
    PoolWorker<T> before = newest;
    worker.older = before;
    worker.isIdle = true;
    newest = worker;
    if (before == null) {
      oldest = worker;
    } else {
      before.newer = worker;
    }
  }

  /// False if it is not there: somebody has taken it out before.
  boolean remove(PoolWorker<T> worker) {
    if (!worker.isIdle) {
      return false;
    }
    PoolWorker<T> before = worker.older;
    PoolWorker<T> after = worker.newer;
    if (before == null) {
      oldest = after;
    } else {
      before.newer = after;
    }
    if (after == null) {
      newest = before;
    } else {
      after.older = before;
    }
    worker.older = null;
    worker.newer = null;
    worker.isIdle = false;
    return true;
  }

  /// Fails with an AssertionError when links disagree.
  ///
  /// @return how many there are
  int checkInvariants() {
    int count = 0;
    PoolWorker<T> last = null;
    for (PoolWorker<T> worker = oldest; worker != null; worker = worker.newer) {
      if (worker.older != last || !worker.isIdle) {
        throw new AssertionError("the list of idle workers is broken at entry " + count);
      }
      last = worker;
      count++;
    }
    if (newest != last) {
      throw new AssertionError("the list of " + count + " idle workers ends elsewhere");
    }
    return count;
  }
}
