package dev.weft.examples.guide;

import dev.weft.base.Body;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// What a chapter says, checked where it is shown.
final class Claim {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Claim() {}

  /// Fails if something does not hold.
  ///
  /// @param claim what is said
  /// @param holds whether it is so
  static void that(String claim, boolean holds) {
    if (!holds) {
      throw new AssertionError("this does not hold: " + claim);
    }
  }

  /// Waits until something holds that another goroutine brings about; fails if it never does.
  ///
  /// @param claim what is said
  /// @param holds whether it is so now
  static void becomes(String claim, BooleanSupplier holds) throws InterruptedException {
    long begin = System.nanoTime();
    while (!holds.getAsBoolean()) {
      that(claim, System.nanoTime() - begin < PATIENCE.toNanos());
      Thread.sleep(1);
    }
  }

  /// Fails unless something throws.
  ///
  /// @param type what it has to throw
  /// @param body what is tried
  /// @return what was thrown
  static <X extends Throwable> X thrown(Class<X> type, Body body) {
    try {
      body.run();
    } catch (Throwable thrown) {
      if (type.isInstance(thrown)) {
        return type.cast(thrown);
      }
      throw new AssertionError("expected " + type + ", but this was thrown", thrown);
    }
    throw new AssertionError("expected " + type + ", but nothing was thrown");
  }
}
