package dev.weft.context;

/// Why a context is done: it was cancelled, or its deadline has passed.
///
/// There is one object of each kind, without a stack trace; what a context was cancelled *for* is
/// its [Context#cause()].
public abstract sealed class ContextException extends RuntimeException
    permits CanceledException, DeadlineExceededException {

  private static final long serialVersionUID = 1L;

  ContextException(String message) {
    super(message, null, false, false);
  }

  /// {@return whether it was the deadline: Go's `Timeout()`}
  public boolean isTimeout() {
    return this instanceof DeadlineExceededException;
  }
}
