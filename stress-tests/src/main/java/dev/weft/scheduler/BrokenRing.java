package dev.weft.scheduler;

import org.jspecify.annotations.Nullable;

/// The ring of [LocalRunQueue], smaller and with the mistakes that the twins of its stress tests
/// show: whoever takes moves head by a store, and whoever puts moves tail before filling the slots.
/// All accesses are volatile, so nothing else is wrong.
final class BrokenRing {
  static final int SIZE = 8;

  private static final int MASK = SIZE - 1;

  private final @Nullable Schedulable[] slots = new @Nullable Schedulable[SIZE];
  private volatile int head;
  private volatile int tail;

  void offer(Schedulable task) {
    int position = tail;
    tail = position + 1;
    slots[position & MASK] = task;
  }

  @Nullable Schedulable poll() {
    int first = head;
    if (first == tail) {
      return null;
    }
    Schedulable task = slots[first & MASK];
    head = first + 1;
    return task;
  }

  @Nullable Schedulable stealInto(BrokenRing thief) {
    int first = head;
    int length = tail - first;
    if (length == 0) {
      return null;
    }
    int last = length - length / 2 - 1;
    int end = thief.tail;
    thief.tail = end + last;
    for (int i = 0; i < last; i++) {
      thief.slots[(end + i) & MASK] = slots[(first + i) & MASK];
    }
    Schedulable runNow = slots[(first + last) & MASK];
    head = first + last + 1;
    return runNow;
  }

  /// Puts `task`, and returns what a full ring gives to the global queue.
  Schedulable[] put(Schedulable task) {
    int first = head;
    if (tail - first < SIZE) {
      offer(task);
      return new Schedulable[0];
    }
    Schedulable[] spilled = new Schedulable[SIZE / 2 + 1];
    for (int i = 0; i < SIZE / 2; i++) {
      spilled[i] = slots[(first + i) & MASK];
    }
    spilled[SIZE / 2] = task;
    head = first + SIZE / 2;
    return spilled;
  }

  int size() {
    return tail - head;
  }
}
