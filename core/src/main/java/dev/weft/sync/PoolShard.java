package dev.weft.sync;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.park.StackProbe;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What one processor has put into a [Pool]: a slot, and a deque behind it.
///
/// Nobody ever waits here. Each step takes something, puts something, or finds that it cannot.
final class PoolShard {

  /*
   * PoolShard: a slot for one value, and a deque whose ends are for its own processor (newest first)
   * and for others (oldest first).
   *
   * Origin.   poolLocal of Go's sync.Pool. There a goroutine is pinned to its processor while it uses
   *           the slot and the head of the deque; others reach only the tail. Here a thread may lose
   *           its processor at any moment, and two may use the same shard, so nothing is for one
   *           thread only: the slot is emptied and filled by atomic steps, and the deque has a lock that
   *           nobody waits for. Who finds it taken goes on to the next shard.
   *
   * Ownership of a value: the slot or the deque holds it; a swap with null, or a removal under the
   *           lock, makes the one who did it the owner. Each is given to one caller at most (POOL-6).
   *
   * Memory ordering
   *   slot     CAS from null / volatile          swap with null / volatile     what was put is
   *            read, plain, before: a guess that the atomic step decides      visible to who gets it
   *   deque    under the lock: CAS / volatile, released by setRelease         (POOL-9)
   *   size     under the lock / opaque           anybody / opaque: a guess whether it is worth locking
   *
   * Evidence  PoolExactlyOnceStress, PoolPublicationStress (jcstress, with twins); PoolTest,
   *           PoolStormTest.
   */

  private static final int FIRST_ROOM = 8;
  private static final int MOST_ROOM = 1 << 30;

  private static final VarHandle SLOT =
      fieldVarHandle(lookup(), "slot", VarHandle.class, PoolShard.class, Object.class);
  private static final VarHandle LOCKED =
      fieldVarHandle(lookup(), "locked", VarHandle.class, PoolShard.class, int.class);
  private static final VarHandle SIZE =
      fieldVarHandle(lookup(), "size", VarHandle.class, PoolShard.class, int.class);

  private @Nullable Object slot;

  @SuppressWarnings("UnusedVariable") // by its VarHandle
  private int locked;

  // The deque, under the lock: `size` values from `oldest` on, around the end of the ring.
  private @Nullable Object @Nullable [] ring;
  private int oldest;
  private int size;

  // Plain, any number: for the stack probe.
  private int uses;

  // Keeps the slots of two shards off the same cache line; nobody reads them.
  @SuppressWarnings("unused")
  private long p0, p1, p2, p3, p4, p5, p6, p7;

  PoolShard() {}

  /// Puts a value into the slot, if that is empty.
  boolean putIntoSlot(Object value) {
    return slot == null && SLOT.compareAndSet(this, (Object) null, value);
  }

  /// Takes what is in the slot. Null: nothing.
  @Nullable Object takeFromSlot() {
    return slot == null ? null : SLOT.getAndSet(this, (Object) null);
  }

  /// Puts a value at the new end of the deque.
  ///
  /// @return false if somebody else is at the deque, or it has reached its limit
  boolean push(Object value) {
    if (!tryLock()) {
      return false;
    }
    try {
      @Nullable Object[] room = room();
      if (size == room.length) {
        return false;
      }
      room[(oldest + size) & (room.length - 1)] = value;
      SIZE.setOpaque(this, size + 1);
      return true;
    } finally {
      unlock();
    }
  }

  /// A ring with room for one more, if there may be so many. Under the lock; allocating there makes
  /// nobody wait.
  private @Nullable Object[] room() {
    @Nullable Object[] present = ring;
    if (present == null) {
      present = new @Nullable Object[FIRST_ROOM];
      ring = present;
    } else if (size == present.length && size < MOST_ROOM) {
      @Nullable Object[] larger = Arrays.copyOfRange(present, oldest, oldest + 2 * size);
      System.arraycopy(present, 0, larger, size - oldest, oldest);
      oldest = 0;
      ring = larger;
      present = larger;
    }
    return present;
  }

  /// Takes the newest of the deque. Null: it is empty, or somebody else is at it.
  @Nullable Object popNewest() {
    return take(true);
  }

  /// Takes the oldest of the deque. Null: it is empty, or somebody else is at it.
  @Nullable Object pollOldest() {
    return take(false);
  }

  private @Nullable Object take(boolean newest) {
    if ((int) SIZE.getOpaque(this) == 0 || !tryLock()) {
      return null;
    }
    try {
      @Nullable Object[] values = ring;
      int n = size;
      if (n == 0 || values == null) {
        return null;
      }
      int index = newest ? (oldest + n - 1) & (values.length - 1) : oldest;
      Object value = values[index];
      values[index] = null;
      if (!newest) {
        oldest = (oldest + 1) & (values.length - 1);
      }
      SIZE.setOpaque(this, n - 1);
      return value;
    } finally {
      unlock();
    }
  }

  /// Near the end of the stack it fails here, not between locking and unlocking.
  private boolean tryLock() {
    StackProbe.ensureRelease(uses++);
    return LOCKED.compareAndSet(this, 0, 1);
  }

  private void unlock() {
    LOCKED.setRelease(this, 0);
  }
}
