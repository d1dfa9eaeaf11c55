package dev.weft.internal.park;

import java.util.concurrent.locks.Lock;

/// How to take a lock on the way out, where something would be lost without it.
///
/// A virtual thread that parks leaves its carrier by a recursion over its frames. Deep in its stack
/// there may be no room for that, however much the caller has made sure of: then a lock that is
/// taken by somebody else cannot be waited for, and `lock()` throws. That is right on the way in.
/// On the way out, when a request has to be withdrawn, or a token given back, it has to be taken
/// all the same.
///
/// What is left: if the lock is handed over to a goroutine that has not run since (a mutex in its
/// starvation mode), and the caller holds the last carrier there is, that one comes to run only
/// when the scheduler brings another carrier into play. The gpm backend does so after 10 ms or two,
/// up to `maxThreads`; with a single carrier on the jdk backend nobody does.
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
      for (int attempt = 0; !tryLock(lock); attempt++) {
        Backoff.pause(attempt);
      }
    }
  }

  private static boolean tryLock(Lock lock) {
    try {
      return lock.tryLock();
    } catch (StackOverflowError | OutOfMemoryError tooDeep) {
      return false;
    }
  }
}
