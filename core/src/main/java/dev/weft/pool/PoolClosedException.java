package dev.weft.pool;

import java.util.concurrent.RejectedExecutionException;

/// A task came to a pool that has been released: `ErrPoolClosed` of ants.
public final class PoolClosedException extends RejectedExecutionException {

  private static final long serialVersionUID = 1L;

  PoolClosedException(Object pool) {
    super("this pool has been closed: " + pool + "; reboot() it, or submit before release()");
  }
}
