package dev.weft.benchmarks.waiting;

import dev.weft.sync.Mutex;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// What is compared.
enum Variant {
  WEFT("Weft"),
  WEFT_UNFAIR("Weft, starvation rule off"),
  REENTRANT("ReentrantLock"),
  REENTRANT_FAIR("ReentrantLock, fair"),

  /// In a process of Go's.
  GO("Go");

  private final String title;

  Variant(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  Lock lock() {
    return switch (this) {
      case WEFT, WEFT_UNFAIR -> new Mutex();
      case REENTRANT -> new ReentrantLock();
      case REENTRANT_FAIR -> new ReentrantLock(true);
      case GO -> throw new IllegalArgumentException("Go's is not for Java");
    };
  }

  /// What its JVM needs to be told.
  List<String> flags() {
    return this == WEFT_UNFAIR
        ? List.of("-Dweft.sync.starvationNanos=" + TimeUnit.DAYS.toNanos(1))
        : List.of();
  }
}
