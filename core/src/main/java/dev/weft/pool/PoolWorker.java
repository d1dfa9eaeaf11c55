package dev.weft.pool;

import dev.weft.base.Goexit;
import dev.weft.internal.park.Detached;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// A goroutine of a pool: runs a task, and waits for the next one.
final class PoolWorker<T> implements Detached {

  /// How a wait of an idle worker ends.
  static final int WORK = Waiter.FIRST_PEER_CODE;

  static final int END = Waiter.FIRST_PEER_CODE + 1;

  private final PoolCore<T> pool;

  // Under the lock of the pool, while it is idle.
  @Nullable PoolWorker<T> older;
  @Nullable PoolWorker<T> newer;
  boolean isIdle;
  long idleSince; // a number of purges
  private long ticket;

  // The worker's own while it is busy; of whoever decides its wait while it is idle.
  private @Nullable T task;
  private @Nullable Waiter waiter;

  /// With its first task; null: it begins by being idle.
  PoolWorker(PoolCore<T> pool, @Nullable T first) {
    this.pool = pool;
    this.task = first;
  }

  @Override
  public void run() throws Throwable {
    boolean more;
    do {
      more = handleNext();
    } while (more);
  }

  /// In a frame of its own, so that an idle worker does not hold on to its last task.
  private boolean handleNext() throws Throwable {
    T next = take();
    if (next == null) {
      next = pool.next(this);
    }
    if (next == null) {
      return false;
    }
    Throwable failure = handle(next);
    if (failure != null) {
      pool.panicked(failure);
      return false;
    }
    pool.clearInterrupt();
    return true;
  }

  /// Runs the task. A worker whose task has failed ends, and is counted out before anybody is told.
  private @Nullable Throwable handle(T next) {
    boolean succeeded = false;
    try {
      pool.handler.take(next);
      succeeded = true;
      return null;
    } catch (Goexit end) {
      throw end;
    } catch (Throwable thrown) {
      return thrown;
    } finally {
      if (!succeeded) {
        pool.workerEnded();
      }
    }
  }

  private @Nullable T take() {
    T taken = task;
    task = null;
    return taken;
  }

  // ---- Being idle ----

  /// Begins a wait. By itself, without the lock.
  Waiter arm() {
    Waiter own = Runtime.get().waiter();
    waiter = own;
    ticket = own.arm();
    return own;
  }

  /// Waits for what has been armed.
  ///
  /// @return the task; null if it is to end: it has been counted out then
  @Nullable T await(Waiter own) {
    int code;
    try {
      code = own.await(ticket, WaitReason.POOL_IDLE, pool);
    } catch (Throwable cannotPark) {
      pool.leave(this);
      throw cannotPark;
    }
    if (code == Waiter.INTERRUPTED) { // whoever interrupts an idle worker wants it to end
      pool.leave(this);
    }
    return code == WORK ? take() : null;
  }

  /// Gives it a task, or tells it to end. Under the lock, having taken it off the list.
  ///
  /// @return its waiter, to be woken; null: it was interrupted before
  @Nullable Waiter decide(int code, @Nullable T given) {
    Waiter own = waiter;
    if (own == null) {
      return null;
    }
    task = given; // before it is decided: the worker reads it after that
    if (own.decide(ticket, code)) {
      return own;
    }
    task = null;
    return null;
  }
}
