package dev.weft.internal.park;

import java.util.concurrent.locks.Lock;

/// How to take a lock on the way out, where something would be lost without it.
///
/// A virtual thread that parks leaves its carrier by a recursion over its frames. Deep in its stack
/// there may be no room for that, however much the caller has made sure of: then a lock that is
/// taken by somebody else cannot be waited for, and `lock()` throws. That is right on the way in.
/// On the way out, when a request has to be withdrawn, or a token given back, it has to be taken
/// all the same.
public final class SureLock {

  private SureLock() {}

  /// Takes the lock; waits for it actively if the thread cannot park. For locks that are held for
  /// moments only, by code that runs nobody else's.
  ///
  /// @param lock one whose `tryLock` does not wait
  public static void lock(Lock lock) {
    try {
      lock.lock();
    } catch (StackOverflowError | OutOfMemoryError cannotPark) {
      for (int attempt = 0; !lock.tryLock(); attempt++) {
        Backoff.pause(attempt);
      }
    }
  }
}
