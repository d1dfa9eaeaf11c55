package dev.weft.sync;

import org.jspecify.annotations.Nullable;

/// The shards of a [Pool] between two collections.
final class PoolGeneration {

  private final PoolShard[] shards;

  // Plain: once a search has found nothing in a generation that nobody puts into any more, the next
  // search may leave it out. A stale value costs a search.
  private boolean drained;

  /// @param size how many processors are to have a shard of their own; a power of two
  PoolGeneration(int size) {
    shards = new PoolShard[size];
    for (int i = 0; i < size; i++) {
      shards[i] = new PoolShard();
    }
  }

  /// Takes what was put last on the own processor, else what was put first on another one (POOL-3).
  /// Null: nothing there, or others are at all that is there.
  @Nullable Object take(int processor) {
    PoolShard own = shard(processor);
    Object value = own.takeFromSlot();
    if (value == null) {
      value = own.popNewest();
    }
    for (int i = 1; value == null && i < shards.length; i++) {
      value = shard(processor + i).pollOldest();
    }
    for (int i = 1; value == null && i < shards.length; i++) {
      value = shard(processor + i).takeFromSlot();
    }
    return value;
  }

  /// The same for a generation that nobody puts into any more.
  @Nullable Object takeFromVictim(int processor) {
    if (drained) {
      return null;
    }
    Object value = take(processor);
    if (value == null) {
      drained = true;
    }
    return value;
  }

  /// Puts a value into the shard of the processor (POOL-2), or, if others are at that, into the
  /// next one where nobody is. If they are at all of them, the value is dropped.
  void put(int processor, Object value) {
    boolean done = shard(processor).putIntoSlot(value);
    for (int i = 0; !done && i < shards.length; i++) {
      done = shard(processor + i).push(value);
    }
  }

  private PoolShard shard(int processor) {
    return shards[processor & (shards.length - 1)];
  }
}
