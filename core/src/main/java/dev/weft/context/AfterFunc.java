package dev.weft.context;

import dev.weft.base.Body;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.Spawner;
import dev.weft.internal.park.StackProbe;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Something that is to be run when a context is done: what [Context#afterFunc] returns.
///
/// Several on one context do not know of each other, and each runs once at most (CTX-23). Equality
/// is identity.
public final class AfterFunc {

  private final @Nullable CancelContext context;

  // What to run; null once it was started or stopped, by whoever has taken it.
  private final AtomicReference<@Nullable Body> pending;

  // On the scheduler of who asked for it, whoever ends the context.
  private final Spawner spawner = Runtime.get().spawner();

  private final Child asChild = new AsChild();

  private AfterFunc(@Nullable CancelContext context, Body body) {
    this.context = context;
    this.pending = new AtomicReference<>(Runtime.carryNow(body));
  }

  static AfterFunc register(Context context, Body body) {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(body, "body");
    CancelContext ending = context.canceler();
    AfterFunc made = new AfterFunc(ending, body);
    if (ending != null) {
      ending.adopt(made.asChild);
    }
    return made;
  }

  /// Prevents that it is run: `stop`. Does not wait for the end of one that is running.
  ///
  /// @return whether this call has prevented it; false if it was started, or stopped before
  ///   (CTX-22)
  public boolean stop() {
    StackProbe.ensureNested(System.nanoTime()); // or it would be prevented, and not be forgotten
    if (pending.getAndSet(null) == null) {
      return false;
    }
    if (context != null) {
      context.forget(asChild);
    }
    return true;
  }

  private void start() {
    Body body = pending.getAndSet(null);
    if (body != null) {
      spawner.spawn(body);
    }
  }

  /// What the context knows of it.
  private final class AsChild extends Child {

    @Override
    void parentEnded(ContextException why, Throwable reason, ChildList toTell) {
      start();
    }
  }

  /// `AfterFunc@1a2b[pending]`: a snapshot.
  @Override
  public String toString() {
    String state = pending.get() == null ? "started or stopped" : "pending";
    return "AfterFunc@" + Integer.toHexString(hashCode()) + "[" + state + "]";
  }
}
