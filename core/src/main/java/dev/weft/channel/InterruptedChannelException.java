package dev.weft.channel;

/// The thread was interrupted where a checked exception cannot be thrown: in a `for` loop over a
/// channel, or in a stream of its elements.
///
/// Unlike with [InterruptedException] the interrupt flag is set. The channel is as it was: the
/// receive that was interrupted has taken nothing out of it.
public final class InterruptedChannelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Creates the exception.
  ///
  /// @param message what was interrupted, on which channel
  /// @param cause the interrupt
  public InterruptedChannelException(String message, InterruptedException cause) {
    super(message, cause);
  }
}
