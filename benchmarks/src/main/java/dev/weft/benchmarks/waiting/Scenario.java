package dev.weft.benchmarks.waiting;

import java.time.Duration;

/// Who wants the lock, and for how long.
enum Scenario {

  /// All compute while they hold it, and want it again nearly at once. Nobody else takes the
  /// processor from them.
  SHORT("eight goroutines that hold it for 1 us and want it again 0.1 us later"),

  /// One sleeps while it holds it, and wants it again at once; the others want it now and then.
  /// This is the case for which Go has the rule (MU-15). The waits of the one do not count.
  RUDE("one holds it for 100 us, again and again; seven want it 100 us after they had it");

  static final int GOROUTINES = 8;

  private static final long HOLD_NANOS = 1_000;
  private static final long LEAVE_NANOS = 100;
  private static final Duration SLEEP = Duration.ofNanos(100_000);

  private final String title;

  Scenario(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /// Whether the goroutine's waits are not counted.
  boolean isRude(int goroutine) {
    return this == RUDE && goroutine == 0;
  }

  /// What a goroutine does while it has the lock.
  void hold(int goroutine) throws InterruptedException {
    if (this == SHORT) {
      spin(HOLD_NANOS);
    } else if (isRude(goroutine)) {
      Thread.sleep(SLEEP);
    }
  }

  /// What it does before it wants it again.
  void leave(int goroutine) throws InterruptedException {
    if (this == SHORT) {
      spin(LEAVE_NANOS);
    } else if (!isRude(goroutine)) {
      Thread.sleep(SLEEP);
    }
  }

  private static void spin(long nanos) {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }
}
