package dev.weft.internal.park;

import dev.weft.base.Body;

/// Carries something of the spawning thread into the goroutine it spawns.
///
/// It is for the context package: scoped values do not flow into started threads by themselves.
/// Without a registered hook a spawn costs one read of a field.
@FunctionalInterface
public interface SpawnHook {

  /// Called on the spawning thread, before the goroutine exists.
  ///
  /// @param body the body that the caller gave
  /// @return the body to run instead: `body` itself when there is nothing to carry
  Body carry(Body body);
}
