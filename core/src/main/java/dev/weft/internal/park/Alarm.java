package dev.weft.internal.park;

/// A pending attempt to time out one wait.
public interface Alarm {

  /// Withdraws the attempt if it has not been made. Cheap, never blocks; an alarm that goes off all
  /// the same is harmless, because it names the round of the wait it was set for.
  ///
  /// @return whether this call withdrew it
  boolean cancel();
}
