package dev.weft.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waiting for what has no latch, such as the state of a thread; and with a latch, but not forever.
///
/// The limit is so long that only a lost wake-up reaches it, and shorter than that of a test, so
/// that the message says what did not happen.
public final class Await {
  private static final long LIMIT_SECONDS = Long.getLong("weft.test.limit", 60);

  private Await() {}

  /// Looks again and again until the condition holds.
  ///
  /// @param what what is waited for, for the message
  public static void until(BooleanSupplier condition, String what) throws InterruptedException {
    until(condition, () -> what);
  }

  /// The same with a message that is made when it is needed.
  public static void until(BooleanSupplier condition, Supplier<String> what)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
        throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what.get());
      }
      Thread.sleep(1);
    }
  }

  /// Waits for the latch.
  public static void zero(CountDownLatch latch, String what) throws InterruptedException {
    if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(
          "not within " + LIMIT_SECONDS + " s: " + what + " (" + latch.getCount() + " missing)");
    }
  }

  /// Waits until the thread is in the state, which it reaches by itself.
  public static void state(Thread thread, Thread.State state) throws InterruptedException {
    until(
        () -> thread.getState() == state,
        () -> thread + " is " + thread.getState() + ", not " + state);
  }
}
