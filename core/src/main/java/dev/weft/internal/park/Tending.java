package dev.weft.internal.park;

/// What a thread looks after while it waits: a timer whose value it may be waiting for.
public interface Tending {

  /// Does what is due. Called by the waiting thread, with no lock held, before it parks and
  /// whenever it has been woken while its round is still pending; may decide that round.
  ///
  /// @param waiter the waiter of the calling thread
  /// @return when to be called again, on the clock of [Runtime#nanoTime()]; `Long.MAX_VALUE` when
  ///   somebody will wake the thread for it, or nothing is to be expected
  long tend(Waiter waiter);

  /// Whether there is something to do that [#tend] did not see. Asked after it, as the last thing
  /// before the thread parks; must not park itself. For those whose `tend` may park, say for a
  /// lock: that uses up the permit of a wake-up that comes meanwhile.
  ///
  /// @param waiter the waiter of the calling thread
  default boolean isOutdated(Waiter waiter) {
    return false;
  }
}
