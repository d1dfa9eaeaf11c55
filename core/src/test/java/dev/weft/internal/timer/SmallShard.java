package dev.weft.internal.timer;

/// A shard that runs out of room, for tests of those who use one.
public final class SmallShard {

  /// How many timers it can file.
  public static final int ROOM = 16;

  private SmallShard() {}

  public static TimerShard reportingTo(TimerFailureHandler failures) {
    return new TimerShard(failures, new TimerHeap(ROOM));
  }
}
