package dev.weft.base;

/// Misuse that Go makes fatal, for instance the unlock of a mutex that is not locked.
///
/// It is thrown in the thread that made the mistake.
public class FatalError extends Error {
  private static final long serialVersionUID = 1L;

  /// Makes an error.
  ///
  /// @param message what happened, on what, and what to do
  public FatalError(String message) {
    super(message);
  }
}
