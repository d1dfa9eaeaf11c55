package dev.weft.internal.timer;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The cancelled nodes that a shard has yet to shed: how many there are, and whether that is too
/// many. Go's word for them; a shard bears as many as a quarter of its heap, as Go does.
final class Zombies {
  /*
   * Who does what, so that cancelled nodes stay bounded though cancel() is O(1), touching no heap:
   *
   *   canceller    counts; at the first count above the limit turns pressure CALM -> CROWDED
   *   dispatcher   sees the pressure in wantsService() and runs the shard
   *   adder        if it finds CROWDED, no dispatch has come by since: turns it to ASKED and is
   *                told to wake somebody (add returns true), once per crowding
   *   runner       sets CALM, then sheds cancelled nodes, then sets the new limit
   *
   * Only adds make the number of nodes grow, so between two services a shard holds at most limit
   * cancelled nodes plus those cancelled until the runner that was called comes.
   *
   * Races
   *   The runner sets CALM before it looks at the nodes, and a canceller marks its node before it
   *   looks at the pressure: a canceller that saw CROWDED and so raised no alarm has marked a node
   *   that this runner's sweep sees.
   *   The runner writes the limit, then reads the count; a canceller counts, then reads the limit:
   *   one of the two notices if the count is above the new limit.
   *   A late CALM -> CROWDED of a slow canceller costs one service in vain.
   *
   * Non-invariant: count is exact only at rest. A node is marked before it is counted, so a runner
   * may subtract it first and the count may be below zero for a moment.
   */

  /// Fewer than this are never worth a sweep.
  static final int FLOOR = 64;

  private static final int CALM = 0;
  private static final int CROWDED = 1;
  private static final int ASKED = 2;

  private static final VarHandle COUNT =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "count", VarHandle.class, Zombies.class, int.class);
  private static final VarHandle PRESSURE =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "pressure", VarHandle.class, Zombies.class, int.class);

  private volatile int count;
  private volatile int limit = FLOOR;
  private volatile int pressure = CALM;

  /// Caller: the canceller of a node, after it marked the node. Blocks: no.
  void add() {
    int now = getAndAddCount(1) + 1;
    if (now > limit) {
      raiseAlarm();
    }
  }

  /// Caller: a runner that shed `shed` cancelled nodes.
  void remove(int shed) {
    if (shed != 0) {
      getAndAddCount(-shed);
    }
  }

  int count() {
    return count;
  }

  /// Whether a service is wanted. One volatile read.
  boolean crowded() {
    return pressure != CALM;
  }

  /// Caller: an adder. True if it is to wake somebody who serves the shard.
  boolean ask() {
    return pressure == CROWDED && casPressure(CROWDED, ASKED);
  }

  /// Caller: lock of the shard held, before it looks for cancelled nodes.
  void calm() {
    if (pressure != CALM) {
      pressure = CALM;
    }
  }

  /// Caller: lock of the shard held. Whether a heap of this size should be swept.
  boolean tooManyFor(int heapSize) {
    return count > limitFor(heapSize);
  }

  /// Caller: lock of the shard held, at the end of its run.
  void setLimitFor(int heapSize) {
    int next = limitFor(heapSize);
    if (next != limit) {
      limit = next;
      if (count > next) {
        raiseAlarm();
      }
    }
  }

  private static int limitFor(int heapSize) {
    return Math.max(FLOOR, heapSize / 4);
  }

  private void raiseAlarm() {
    if (pressure == CALM) {
      casPressure(CALM, CROWDED);
    }
  }

  private int getAndAddCount(int delta) {
    return (int) COUNT.getAndAdd(this, delta);
  }

  private boolean casPressure(int from, int to) {
    return PRESSURE.compareAndSet(this, from, to);
  }
}
