package dev.weft.scheduler;

import java.util.concurrent.atomic.AtomicLong;

/// Counters of things that happen seldom enough to count with one atomic add: never per switch.
final class CoreStats {

  private final AtomicLong steals = new AtomicLong();
  private final AtomicLong wakes = new AtomicLong();
  private final AtomicLong handOffs = new AtomicLong();
  private final AtomicLong machinesStarted = new AtomicLong();
  private final AtomicLong startsFailed = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  void countSteal() {
    steals.getAndIncrement();
  }

  void countWake() {
    wakes.getAndIncrement();
  }

  void countHandOff() {
    handOffs.getAndIncrement();
  }

  void countMachineStarted() {
    machinesStarted.getAndIncrement();
  }

  void countStartFailed() {
    startsFailed.getAndIncrement();
  }

  void countFailure() {
    failures.getAndIncrement();
  }

  long steals() {
    return steals.get();
  }

  long wakes() {
    return wakes.get();
  }

  long handOffs() {
    return handOffs.get();
  }

  long machinesStarted() {
    return machinesStarted.get();
  }

  long startsFailed() {
    return startsFailed.get();
  }

  long failures() {
    return failures.get();
  }
}
