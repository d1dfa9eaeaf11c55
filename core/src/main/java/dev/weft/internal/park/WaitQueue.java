package dev.weft.internal.park;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import java.lang.invoke.VarHandle;

/// A queue of waiters with a spin lock of its own: what a lock, a wait group or a condition needs
/// besides its state word. Go's semaRoot, but one for each primitive.
///
/// The lock is held for a few instructions, by threads that neither park nor allocate nor run user
/// code nor link a class while they hold it: see `ChannelLock`, whose protocol and memory ordering
/// this is. Unlike there the primitive's state is not guarded by it; each primitive says which
/// steps of its state are taken under it.
///
/// Primitives make theirs when somebody has to wait for the first time.
public class WaitQueue extends WaitList {

  private static final VarHandle LOCKED =
      fieldVarHandle(lookup(), "locked", VarHandle.class, WaitQueue.class, int.class);

  static { // links what waits for the lock: its thread may hold a lock of the user's
    new WaitQueue().lockSlowly();
  }

  @SuppressWarnings("UnusedVariable") // by its VarHandle
  private int locked;

  /// Creates an empty queue.
  public WaitQueue() {}

  /// Takes the lock; waits for it if it is taken, actively and without looking at interrupts. The
  /// caller has probed the stack.
  public final void lock() {
    if (!LOCKED.compareAndSet(this, 0, 1)) {
      lockSlowly();
    }
  }

  /// Releases the lock.
  public final void unlock() {
    LOCKED.setRelease(this, 0);
  }

  private void lockSlowly() {
    int attempt = 0;
    do {
      Backoff.pause(attempt++);
    } while ((int) LOCKED.getOpaque(this) != 0 || !LOCKED.compareAndSet(this, 0, 1));
  }
}
