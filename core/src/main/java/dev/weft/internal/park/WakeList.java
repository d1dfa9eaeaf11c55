package dev.weft.internal.park;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The waiters that one step releases, all together: decided under a lock, woken after it.
///
/// A decided waiter may be back in another queue before it is woken, so they cannot be kept in a
/// list of their own entries. They are put into an array, which must be there before the lock is
/// taken:
///
/// ```java
/// WakeList released = WakeList.withRoomFor(queue.size());
/// for (; ; ) {
///   queue.lock();
///   if (released.fits(queue.size())) { ...; released.decideAll(queue, 0); queue.unlock(); break; }
///   queue.unlock();
///   released = WakeList.withRoomFor(queue.size());
/// }
/// released.wake();
/// ```
public final class WakeList {

  private final @Nullable Waiter[] decided;
  private int size;

  private WakeList(int room) {
    decided = new @Nullable Waiter[room];
  }

  /// {@return whether there is room for so many}
  ///
  /// @param waiters how many
  public boolean fits(int waiters) {
    return waiters <= decided.length;
  }

  /// {@return a new list with room for so many and some more}
  ///
  /// @param waiters how many were there a moment ago
  public static WakeList withRoomFor(int waiters) {
    return new WakeList(waiters + (waiters >> 2));
  }

  /// Takes all entries off a queue and decides those who have not left. Under its lock; there must
  /// be room.
  ///
  /// @param queue the queue
  /// @param offset which code of the entry to decide with, see [WaitNode#decide]
  public void decideAll(WaitList queue, int offset) {
    WaitNode node;
    while ((node = queue.poll()) != null) {
      Waiter waiter = node.waiter();
      if (node.decide(offset)) {
        decided[size++] = waiter;
      }
    }
  }

  /// {@return how many were decided}
  public int size() {
    return size;
  }

  /// Wakes them, the first one first. If waking one fails, for want of memory, say, the others are
  /// woken all the same, and then the first failure is thrown.
  public void wake() {
    Throwable failure = null;
    for (int i = 0; i < size; i++) {
      failure = wake(i, failure);
    }
    rethrow(failure);
  }

  /// The same, the last one first: then the first is the one that runs next.
  public void wakeInReverse() {
    Throwable failure = null;
    for (int i = size - 1; i >= 0; i--) {
      failure = wake(i, failure);
    }
    rethrow(failure);
  }

  private @Nullable Throwable wake(int index, @Nullable Throwable earlier) {
    try {
      Objects.requireNonNull(decided[index]).wake();
    } catch (Throwable failed) {
      return earlier == null ? failed : earlier;
    }
    return earlier;
  }

  /// Throws what was collected while others were woken, if there is anything.
  ///
  /// @param failure what waking threw, or null
  public static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
  }
}
