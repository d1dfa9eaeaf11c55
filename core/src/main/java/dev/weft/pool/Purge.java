package dev.weft.pool;

import dev.weft.internal.park.Detached;
import dev.weft.time.Clock;
import dev.weft.time.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Looks from time to time for workers of a pool that have been idle for long. There is a timer
/// while there are idle workers, and no goroutine but for the moment in which it looks.
final class Purge<T> implements Detached {

  private final PoolCore<T> pool;
  private final Clock clock;
  private final @Nullable Duration period;

  // By whoever has found that no purge is set, one after the other.
  private volatile @Nullable Timer timer;

  /// @param period null: never
  Purge(PoolCore<T> pool, Clock clock, @Nullable Duration period) {
    this.pool = pool;
    this.clock = clock;
    this.period = period;
  }

  /// In one period from now.
  void set() {
    if (period == null) {
      return;
    }
    Timer made = timer;
    if (made == null) {
      timer = Timer.afterFunc(clock, period, this);
    } else {
      made.reset(period);
    }
  }

  @Override
  public void run() {
    if (!pool.purge()) {
      return;
    }
    boolean set = false;
    try {
      set();
      set = true;
    } finally {
      if (!set) {
        pool.purgeNotSet(); // the next worker that is idle tries again
      }
    }
  }
}
