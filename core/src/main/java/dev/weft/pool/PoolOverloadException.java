package dev.weft.pool;

import java.util.concurrent.RejectedExecutionException;

/// A task came when as many were running as are allowed, and it may not wait, or too many wait
/// already: `ErrPoolOverload` of ants.
public final class PoolOverloadException extends RejectedExecutionException {

  private static final long serialVersionUID = 1L;

  PoolOverloadException(Object pool) {
    super(
        "too many goroutines blocked on submit or Nonblocking is set: "
            + pool
            + "; submit later, or let more run or wait");
  }
}
