package dev.weft.pool;

import dev.weft.scheduler.Scheduler;
import dev.weft.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a [PoolBuilder] has been told.
///
/// @param capacity how many workers at most; 0 or less: no limit
/// @param oldestFirst which of the idle workers gets the next task; also, that all of them are
///   started at once
/// @param expiry how long a worker may be idle; null: for ever
record PoolOptions(
    int capacity,
    boolean nonblocking,
    int maxWaiting,
    @Nullable Duration expiry,
    boolean oldestFirst,
    @Nullable Consumer<? super Throwable> panicHandler,
    Scheduler scheduler,
    @Nullable String name,
    Clock clock) {

  boolean isUnlimited() {
    return capacity <= 0;
  }

  boolean isSchedulerClosed() {
    return scheduler.isClosed();
  }

  void start(PoolWorker<?> worker) {
    if (name == null) {
      scheduler.go(worker);
    } else {
      scheduler.go(name, worker);
    }
  }
}
