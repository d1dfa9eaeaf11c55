package dev.weft.context;

/// The context's deadline has passed: `context.DeadlineExceeded`.
public final class DeadlineExceededException extends ContextException {

  private static final long serialVersionUID = 1L;

  /// The only one. It has neither trace nor anything suppressed, so it can be anybody's.
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final DeadlineExceededException INSTANCE = new DeadlineExceededException();

  private DeadlineExceededException() {
    super("context deadline exceeded");
  }
}
