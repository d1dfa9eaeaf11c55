package dev.weft.sync;

import dev.weft.base.FatalError;
import dev.weft.internal.park.WaitQueue;
import org.jspecify.annotations.Nullable;

/// Who holds a mutex and where it was locked, for `-Dweft.debug=locks`. Without that flag nobody
/// knows, and nothing of this class is loaded but the constant [#ON].
///
/// With the flag a mutex counts as owned by the thread that locked it last, until somebody unlocks
/// it. A thread that locks a mutex which it owns would wait for ever (MU-2), unless another thread
/// is going to unlock it for it; either is reported as a [FatalError] whose cause shows where it
/// was locked first.
final class LockDebug extends WaitQueue {

  /// Whether the flag is set. A constant.
  static final boolean ON = isOn(System.getProperty("weft.debug"));

  private volatile @Nullable Holder holder;

  private static boolean isOn(@Nullable String flags) {
    return flags != null && java.util.List.of(flags.split(",")).contains("locks");
  }

  /// Before a thread waits for the lock.
  ///
  /// @param shown what the user calls the lock
  static void checkNotOwned(MutexState mutex, Object shown) {
    Holder holder = ((LockDebug) mutex.queue()).holder;
    if (holder != null && holder.thread == Thread.currentThread()) {
      FatalError error =
          new FatalError(
              shown
                  + " is to be locked by the thread that holds it already, "
                  + holder.thread
                  + ": it would wait for ever. The cause shows where it was locked. (Reported because"
                  + " of -Dweft.debug=locks.)");
      error.initCause(holder.place);
      throw error;
    }
  }

  /// After a thread has locked it. If there is no memory to note that, it is unlocked again.
  static void locked(Mutex mutex) {
    try {
      ((LockDebug) mutex.queue()).holder = new Holder(Thread.currentThread(), new Place(mutex));
    } catch (StackOverflowError | OutOfMemoryError failure) {
      mutex.unlock();
      throw failure;
    }
  }

  static void unlocked(MutexState mutex) {
    ((LockDebug) mutex.queue()).holder = null;
  }

  /// Whether another thread than the calling one holds it.
  static boolean ownedByAnother(MutexState mutex) {
    Holder holder = ((LockDebug) mutex.queue()).holder;
    return holder != null && holder.thread != Thread.currentThread();
  }

  private record Holder(Thread thread, Place place) {}

  /// Where a mutex was locked.
  private static final class Place extends Throwable {

    private static final long serialVersionUID = 1L;

    Place(MutexState mutex) {
      super(mutex + " was locked here");
    }
  }
}
