package dev.weft.internal.timer;

import org.jspecify.annotations.Nullable;

/// A node that counts its firings.
final class StressNode extends TimerNode {
  int fires; // written by the runner only, read by the arbiter

  StressNode(long deadline) {
    super(deadline);
  }

  @Override
  protected void fire(long now) {
    fires++;
  }

  /// A shard in which nothing may fail.
  static TimerShard newShard() {
    return new TimerShard(StressNode::unexpected);
  }

  private static void unexpected(@Nullable TimerNode node, Throwable thrown) {
    throw new AssertionError(node + " failed", thrown);
  }
}
