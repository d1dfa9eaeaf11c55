package dev.weft.internal.timer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A 4-ary min-heap of nodes by deadline (TMR-19), for one thread at a time: whoever holds the lock
/// of the shard. Equal deadlines leave in no fixed order.
final class TimerHeap {
  /*
   * Two arrays in step: nodes[i] and, copied from it, deadlines[i]. The four children of i are
   * 4i+1 .. 4i+4, so that a step down compares four neighbours in one array of longs and follows no
   * reference; a tree of fan-out four is half as high as a binary one.
   *
   * A node does not know its index, so there is nothing to keep up to date as nodes move and a
   * cancel cannot remove its node. Instead it stays, marked, until it comes to the top or until
   * compact() sweeps.
   *
   * Invariants   I1 deadlines[i] == nodes[i].deadline for i < size
   *              I2 deadlines[(i - 1) / 4] <= deadlines[i] for 0 < i < size
   *              I3 nodes[i] == null for i >= size: nothing that left is kept alive
   *
   * Memory: add() may throw OutOfMemoryError, and then has changed nothing; trim() likewise.
   */
  private static final int ARITY = 4;
  private static final int MIN_CAPACITY = 16;

  private @Nullable TimerNode[] nodes = new TimerNode[MIN_CAPACITY];
  private long[] deadlines = new long[MIN_CAPACITY];
  private int size;

  private final int maxCapacity;

  TimerHeap() {
    this(Integer.MAX_VALUE - 8);
  }

  /// A heap that takes no more than `maxCapacity` nodes, at least 16.
  TimerHeap(int maxCapacity) {
    this.maxCapacity = Math.max(MIN_CAPACITY, maxCapacity);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int capacity() {
    return nodes.length;
  }

  /// The least deadline, or [TimeSource#NEVER] if the heap is empty.
  long earliest() {
    return size == 0 ? TimeSource.NEVER : deadlines[0];
  }

  /// A node with the least deadline, or null.
  @Nullable TimerNode peek() {
    return nodes[0];
  }

  void add(TimerNode node) {
    if (size == nodes.length) {
      grow();
    }
    siftUp(size++, node, node.deadline());
  }

  /// Removes and returns a node with the least deadline, or null.
  @Nullable TimerNode poll() {
    TimerNode first = nodes[0];
    if (first != null) {
      int last = --size;
      TimerNode moved = nodeAt(last);
      long deadline = deadlines[last];
      nodes[last] = null;
      if (last > 0) {
        siftDown(0, moved, deadline);
      }
    }
    return first;
  }

  /// Drops all cancelled nodes in O(size) and returns how many there were.
  int compact() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      TimerNode node = nodeAt(i);
      if (!node.isCancelled()) {
        nodes[kept] = node;
        deadlines[kept++] = deadlines[i];
      }
    }
    int dropped = size - kept;
    Arrays.fill(nodes, kept, size, null);
    size = kept;
    if (dropped != 0) {
      restoreOrder();
    }
    return dropped;
  }

  /// Gives memory back if most of it is unused. Growth doubles and this cuts at an eighth, to a
  /// quarter full, so each copied element is paid for by several additions or removals.
  void trim() {
    int capacity = nodes.length;
    if (capacity > MIN_CAPACITY && size < capacity / 8) {
      resize(Math.max(MIN_CAPACITY, size * 4));
    }
  }

  private void grow() {
    int capacity = nodes.length;
    if (capacity >= maxCapacity) {
      throw new OutOfMemoryError("a timer heap cannot hold more than " + capacity + " timers");
    }
    resize(capacity <= maxCapacity / 2 ? capacity * 2 : maxCapacity);
  }

  private void resize(int capacity) {
    @Nullable TimerNode[] newNodes = Arrays.copyOf(nodes, capacity);
    long[] newDeadlines = Arrays.copyOf(deadlines, capacity);
    nodes = newNodes; // nothing is changed before both are there
    deadlines = newDeadlines;
  }

  private void siftUp(int from, TimerNode node, long deadline) {
    int hole = from;
    while (hole > 0) {
      int parent = (hole - 1) / ARITY;
      if (deadlines[parent] <= deadline) {
        break;
      }
      put(hole, nodeAt(parent), deadlines[parent]);
      hole = parent;
    }
    put(hole, node, deadline);
  }

  private void siftDown(int from, TimerNode node, long deadline) {
    int hole = from;
    while (true) {
      int child = leastChild(hole);
      if (child < 0 || deadline <= deadlines[child]) {
        put(hole, node, deadline);
        return;
      }
      put(hole, nodeAt(child), deadlines[child]);
      hole = child;
    }
  }

  /// The index of the least child, or -1 for a leaf.
  private int leastChild(int parent) {
    long first = (long) ARITY * parent + 1;
    if (first >= size) {
      return -1;
    }
    int least = (int) first;
    int end = Math.min(least + ARITY, size);
    for (int i = least + 1; i < end; i++) {
      if (deadlines[i] < deadlines[least]) {
        least = i;
      }
    }
    return least;
  }

  /// R. W. Floyd's construction, O(size).
  private void restoreOrder() {
    for (int i = (size - 2) / ARITY; size > 1 && i >= 0; i--) {
      siftDown(i, nodeAt(i), deadlines[i]);
    }
  }

  private void put(int index, TimerNode node, long deadline) {
    nodes[index] = node;
    deadlines[index] = deadline;
  }

  private TimerNode nodeAt(int index) {
    TimerNode node = nodes[index];
    if (node == null) {
      throw new AssertionError("slot " + index + " of a timer heap of " + size + " is empty");
    }
    return node;
  }

  /// Checks I1 to I3 and returns how many nodes are cancelled.
  int checkInvariants(long earliestAllowed) {
    int cancelled = 0;
    for (int i = 0; i < nodes.length; i++) {
      if (i >= size) {
        check(nodes[i] == null, "I3: a slot behind the end holds a node", i);
        continue;
      }
      TimerNode node = nodeAt(i);
      check(deadlines[i] == node.deadline(), "I1: the copied deadline differs", i);
      check(i == 0 || deadlines[(i - 1) / ARITY] <= deadlines[i], "I2: less than its parent", i);
      check(!node.isFired(), "a fired node is still in the heap", i);
      if (node.isCancelled()) {
        cancelled++;
      } else {
        check(deadlines[i] >= earliestAllowed, "earlier than the shard's next deadline", i);
      }
    }
    return cancelled;
  }

  private void check(boolean holds, String what, int index) {
    if (!holds) {
      throw new AssertionError(
          what + " (slot " + index + " of " + size + ": " + nodes[index] + ")");
    }
  }
}
