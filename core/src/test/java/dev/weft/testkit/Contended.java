package dev.weft.testkit;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

/// For a JVM of its own: the first time that a spin lock is found taken.
public final class Contended {

  private Contended() {}

  /// Holds the lock until another thread has waited for it so long that it sleeps now and then.
  /// Fails if a class was loaded, or made, while it waited: with a lock taken, that is too late.
  ///
  /// @param lock takes it
  /// @param unlock releases it
  public static void assertLoadsNothing(Runnable lock, Runnable unlock)
      throws InterruptedException {
    ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
    AtomicLong loaded = new AtomicLong();
    loaded.addAndGet(-classes.getTotalLoadedClassCount()); // each call was made before
    lock.run();
    unlock.run();
    lock.run();
    Thread second =
        new Thread(
            () -> {
              loaded.set(-classes.getTotalLoadedClassCount());
              lock.run();
              unlock.run();
              loaded.addAndGet(classes.getTotalLoadedClassCount());
            });
    second.start();
    while (second.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    unlock.run();
    second.join();
    if (loaded.get() != 0) {
      throw new AssertionError(loaded + " classes were loaded by who waited for the lock");
    }
  }
}
