package dev.weft.scheduler;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;

/// Waits that end by a timer of Weft's.
final class TimedWaits {
  private TimedWaits() {}

  /// Sleeps for so many nanoseconds.
  static void sleep(long nanos) {
    sleepUntil(Runtime.get().nanoTime() + nanos);
  }

  /// Sleeps until an instant on the clock of the runtime.
  static void sleepUntil(long deadline) {
    Waiter waiter = Runtime.get().waiter();
    long ticket = waiter.arm();
    int outcome = waiter.awaitUntil(ticket, WaitReason.SLEEP, "a test", deadline);
    if (outcome != Waiter.TIMED_OUT) {
      throw new AssertionError("woken by something else than the timer: " + outcome);
    }
  }
}
