package dev.weft.scheduler;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a builder was told, checked. The machines hold on to it, so what may know the scheduler,
/// such as a handler for uncaught exceptions, is not here: they end when the scheduler is
/// unreachable.
///
/// @param name the prefix of the carriers' thread names
/// @param procs how many machines may be active at first
/// @param maxThreads how many machines there may be at all
/// @param carrierStackSize the stack of a carrier in bytes, 0 for the JVM's default; a goroutine's
///   depth is bounded by it
/// @param inheritThreadLocals whether goroutines inherit inheritable thread locals and the context
///   class loader of whoever starts them
/// @param idlePolicies makes one policy for each machine, or null to park
/// @param spareIdleNanos how long machines beyond those needed stay idle before they end
/// @param monitored whether there is a monitor; tests of order switch it off
record Settings(
    String name,
    int procs,
    int maxThreads,
    long carrierStackSize,
    boolean inheritThreadLocals,
    @Nullable Supplier<? extends IdlePolicy> idlePolicies,
    long spareIdleNanos,
    boolean monitored) {

  /// A policy for a machine that is being made, or null to park. May throw what the user's supplier
  /// throws.
  @Nullable IdlePolicy newIdlePolicy() {
    return idlePolicies == null
        ? null
        : Objects.requireNonNull(
            idlePolicies.get(), "the builder's idlePolicy supplier gave null; give a policy");
  }
}
