package dev.weft.context;

import dev.weft.internal.park.FreshStack;
import dev.weft.time.Clock;
import java.util.Objects;

/// Initializes what contexts need on a stack of its own, before there is one: a class whose
/// initializer overflows the stack is broken for good ([FreshStack]).
final class Linkage implements Runnable {

  private static volatile boolean done;

  private Linkage() {}

  /// Two threads that are the first together both do it, which does no harm.
  static void prepare() {
    if (!done) {
      FreshStack.run("weft-first-context", new Linkage());
      done = true;
    }
  }

  @Override
  public void run() {
    Objects.requireNonNull(Clock.system());
    Objects.requireNonNull(CancelContext.Ended.CHANNEL);
    Objects.requireNonNull(RootContext.BACKGROUND);
    Objects.requireNonNull(CanceledException.INSTANCE);
    Objects.requireNonNull(DeadlineExceededException.INSTANCE);
    Deadlines.link();
    new ChildList().poll();
  }
}
