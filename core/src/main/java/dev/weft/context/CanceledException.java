package dev.weft.context;

/// The context was cancelled: `context.Canceled`.
public final class CanceledException extends ContextException {

  private static final long serialVersionUID = 1L;

  /// The only one. It has neither trace nor anything suppressed, so it can be anybody's.
  @SuppressWarnings("StaticAssignmentOfThrowable")
  public static final CanceledException INSTANCE = new CanceledException();

  private CanceledException() {
    super("context canceled");
  }
}
