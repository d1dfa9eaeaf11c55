package dev.weft.scheduler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules SCH-2 to SCH-9 for one processor, written down a second time and as plainly as
/// possible, over numbers in place of goroutines.
final class OnePModel {
  private static final int RING = 256;
  private static final int BATCH = 128;
  private static final int GLOBAL_EVERY = 61;

  private final Deque<Integer> ring = new ArrayDeque<>();
  private final Deque<Integer> global = new ArrayDeque<>();
  private @Nullable Integer next;
  private int tick;

  /// @param tick the slices that the processor has counted so far
  OnePModel(int tick) {
    this.tick = tick;
  }

  /// A goroutine of this processor starts or wakes another one (SCH-2).
  void ready(int id) {
    Integer kicked = next;
    next = id;
    if (kicked != null) {
      putLocal(kicked);
    }
  }

  /// Puts at the tail of the ring; a full ring spills (SCH-5).
  void putLocal(int id) {
    if (ring.size() < RING) {
      ring.addLast(id);
      return;
    }
    for (int i = 0; i < RING / 2; i++) {
      global.addLast(ring.removeFirst());
    }
    global.addLast(id);
  }

  /// Puts at the tail of the global queue.
  void putGlobal(int id) {
    global.addLast(id);
  }

  /// Who runs next; null if nobody can (SCH-3, SCH-8, SCH-9).
  @Nullable Integer dispatch() {
    if (tick % GLOBAL_EVERY == 0 && !global.isEmpty()) {
      tick++;
      return global.removeFirst();
    }
    Integer slot = next;
    if (slot != null) {
      next = null;
      return slot;
    }
    if (ring.isEmpty()) {
      for (int i = Math.min(global.size(), BATCH); i > 0; i--) {
        ring.addLast(global.removeFirst());
      }
    }
    Integer head = ring.pollFirst();
    if (head != null) {
      tick++;
    }
    return head;
  }

  /// The order in which all run that do nothing but end.
  List<Integer> drain() {
    List<Integer> order = new ArrayList<>();
    for (Integer id = dispatch(); id != null; id = dispatch()) {
      order.add(id);
    }
    return order;
  }
}
