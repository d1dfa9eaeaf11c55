package dev.weft.channel;

/// Something was done to a closed channel that only an open one allows: Go's panics `send on closed
/// channel` and `close of closed channel`.
public final class ChannelClosedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /// Creates the exception.
  ///
  /// @param message what was done, to which channel, and what to do instead
  public ChannelClosedException(String message) {
    super(message);
  }

  static ChannelClosedException send(Channel<?> channel) {
    return new ChannelClosedException(
        "send on closed channel: " + channel + "; close it only when all senders have finished");
  }

  static ChannelClosedException close(Channel<?> channel) {
    return new ChannelClosedException(
        "close of closed channel: " + channel + "; tryClose() closes unless somebody has");
  }
}
