package dev.weft.internal.timer;

import org.jspecify.annotations.Nullable;

/// Where a [TimerShard] reports what must not happen but did. Called on the thread that ran the
/// shard, with no lock held; must not block.
@FunctionalInterface
public interface TimerFailureHandler {
  /// Reports one failure. The other timers of the shard are not affected by it.
  ///
  /// A handler that throws ends that call of [TimerShard#runDue(long)] with its exception; due
  /// timers which that call had not reached yet stay pending and due.
  ///
  /// @param node the timer whose `fire` threw, or null if the shard itself ran out of memory while
  ///   it filed new timers: it keeps them, fires what it can and tries again at its next run
  /// @param thrown what was thrown
  void failed(@Nullable TimerNode node, Throwable thrown);
}
