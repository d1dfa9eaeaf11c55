package dev.weft.scheduler;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.timer.TimerShard;
import java.lang.invoke.VarHandle;

/// P: the resources that one machine runs goroutines with (SCH-1): a run queue of its own, the slot
/// for the goroutine to run next, its timers, and the counters that the monitor watches.
///
/// Go hands Ps from M to M. Here each machine keeps its P for life, because a goroutine that blocks
/// its machine cannot be told to let go of it; what Go does by moving the P is done by letting
/// others take all that is queued on it ([#HANDED_OFF]) and permitting one more machine to be
/// active.
///
/// Who touches what: the queue and the slot are pushed to by the owner only, that is by code that
/// runs on the machine itself or in `Executor.execute` on its carrier thread, where the JDK has
/// pinned the caller. Anybody may take from them.
final class Processor {

  /// The monitor found the machine stuck: thieves take everything, ready work goes to the global
  /// queue. Set by the monitor; cleared by the owner when it comes back, or by the monitor when the
  /// owner had gone idle meanwhile.
  static final int HANDED_OFF = 1;

  /// Goroutines that ready each other have used up a time slice: all others go first once (SCH-23).
  static final int SLICE_USED = 2;

  /// More machines may be active than permitted: look whether it is this one that has to go.
  static final int CHECK_SURPLUS = 4;

  /// Timers are overdue that nobody comes by to run: run those of all processors.
  static final int TIMERS_OVERDUE = 8;

  private static final VarHandle FLAGS =
      fieldVarHandle(lookup(), "flags", VarHandle.class, Processor.class, int.class);
  private static final VarHandle SWITCHES =
      fieldVarHandle(lookup(), "switches", VarHandle.class, Processor.class, long.class);
  private static final VarHandle TICK =
      fieldVarHandle(lookup(), "tick", VarHandle.class, Processor.class, int.class);
  private static final VarHandle EAGER =
      fieldVarHandle(lookup(), "eager", VarHandle.class, Processor.class, int.class);

  final LocalRunQueue queue = new LocalRunQueue();
  final RunNext runNext = new RunNext();
  final TimerShard timers;

  // Written by the owner; opaque, since the monitor only compares two readings.
  private long switches;
  private int tick;

  // Written by the monitor, and by the owner counting down; a lost update costs or saves some
  // wakes.
  @SuppressWarnings("UnusedVariable") // by its VarHandle
  private int eager;

  private volatile int flags;

  Processor(TimerShard timers) {
    this.timers = timers;
  }

  /// Counts a dispatch out of a queue: a new time slice. Owner only.
  void countSlice() {
    TICK.setOpaque(this, tick + 1);
    countSwitch();
  }

  /// Counts a dispatch out of the slot, which goes on with the time slice (SCH-3). Owner only.
  void countSwitch() {
    SWITCHES.setOpaque(this, switches + 1);
  }

  /// Dispatches so far.
  long switches() {
    return (long) SWITCHES.getOpaque(this);
  }

  /// Time slices so far.
  int tick() {
    return (int) TICK.getOpaque(this);
  }

  /// Flags that wait to be attended to; 0 nearly always.
  int flags() {
    return flags;
  }

  boolean isHandedOff() {
    return (flags & HANDED_OFF) != 0;
  }

  void raise(int flag) {
    FLAGS.getAndBitwiseOr(this, flag);
  }

  /// Takes all flags down. Owner only.
  ///
  /// @return those that were up
  int lowerAll() {
    return (int) FLAGS.getAndSet(this, 0);
  }

  /// Takes one flag down. Any thread.
  ///
  /// @return whether it was up
  boolean lower(int flag) {
    return ((int) FLAGS.getAndBitwiseAnd(this, ~flag) & flag) != 0;
  }

  /// For the next so many goroutines that become ready here, another machine is woken at once: the
  /// monitor found one lingering behind a goroutine that computes.
  void setEager(int times) {
    EAGER.setOpaque(this, times);
  }

  /// Whether the monitor has found one lingering lately. Any thread.
  boolean isEager() {
    return (int) EAGER.getOpaque(this) != 0;
  }

  /// Whether to wake another machine for a goroutine that only went into the slot. Owner only.
  boolean spendEager() {
    int left = (int) EAGER.getOpaque(this);
    if (left == 0) {
      return false;
    }
    EAGER.setOpaque(this, left - 1);
    return true;
  }
}
