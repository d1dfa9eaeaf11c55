package dev.weft.base;

/// Misuse that Go makes fatal, such as unlocking a mutex that is not locked.
///
/// Go ends the process; a library in somebody's service must not, so the error is thrown in the
/// thread that made the mistake. It is an [Error] because there is nothing sensible to handle: the
/// state it reports on can no longer be trusted.
public final class FatalError extends Error {

  private static final long serialVersionUID = 1L;

  /// Creates the error.
  ///
  /// @param message what happened, on which object, and what to do; Go's text where Go has one
  public FatalError(String message) {
    super(message);
  }
}
