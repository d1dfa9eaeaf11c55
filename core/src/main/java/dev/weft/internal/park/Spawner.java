package dev.weft.internal.park;

import dev.weft.base.Body;

/// Starts goroutines on one scheduler, from any thread.
@FunctionalInterface
public interface Spawner {

  /// Starts a goroutine. If the scheduler is closed by now, it is started on the default one: what
  /// others wait for must happen.
  ///
  /// @param body what it runs
  void spawn(Body body);
}
