package dev.weft.pool;

import dev.weft.internal.park.FreshStack;
import dev.weft.time.Clock;
import java.util.Objects;

/// Initializes what pools are made of on a stack of its own, before the first is made: a class
/// whose initializer overflows the stack is broken for good ([FreshStack]).
final class Linkage implements Runnable {

  private static volatile boolean done;

  private Linkage() {}

  /// Two threads that are the first together both do it, which does no harm.
  static void prepare() {
    if (!done) {
      FreshStack.run("weft-first-pool", new Linkage());
      done = true;
    }
  }

  @Override
  public void run() {
    Objects.requireNonNull(Clock.system());
    PoolCore.link();
    new Permits(1).tryAcquire();
  }
}
