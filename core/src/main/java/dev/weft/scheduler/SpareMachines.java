package dev.weft.scheduler;

import dev.weft.internal.timer.TimeSource;
import java.util.function.Consumer;

/// Starts machines when work waits and none is idle, and ends those that nothing needed for long.
/// Monitor only.
///
/// A spare is an ordinary machine: it may block, too, and which ones end later does not matter.
final class SpareMachines {

  /// How long to leave the system alone after it refused a thread: twice as long each time, so that
  /// what is reported each time is no flood.
  private static final long FIRST_RETRY = 10_000_000;

  private static final long LONGEST_RETRY = 1_000_000_000;

  private final Core core;
  private long refusedUntil;

  // Read by submitters.
  private volatile boolean pausing;

  private long retry = FIRST_RETRY;
  private long surplusSince = TimeSource.NEVER;

  SpareMachines(Core core) {
    this.core = core;
  }

  /// Starts at most as many machines as there are processors; those started wake the next. A thread
  /// that cannot be started is counted, and tried again a little later.
  ///
  /// @return whether any was started
  boolean startSome(long now) {
    int started = 0;
    if (pausing) {
      return false;
    }
    while (started < core.procs()
        && core.table.size() < core.settings().maxThreads()
        && core.control.claimNew(core.permitted())) {
      if (!startOne()) {
        refusedUntil = now + retry;
        pausing = true;
        retry = Math.min(2 * retry, LONGEST_RETRY);
        break;
      }
      retry = FIRST_RETRY;
      started++;
    }
    return started > 0;
  }

  /// Whether the system refused a thread just now: until some time has passed nobody need ask for
  /// one. Any thread.
  boolean pausing() {
    return pausing;
  }

  /// Ends the pause after a refusal when it is over. With each tick.
  void endPause(long now) {
    if (pausing && now >= refusedUntil) {
      pausing = false;
    }
  }

  private boolean startOne() {
    Machine machine = null;
    try {
      machine = core.newMachine(false);
      machine.start();
      core.stats.countMachineStarted();
      return true;
    } catch (Throwable failed) {
      if (machine != null) {
        core.table.remove(machine);
      }
      core.control.unclaimNew();
      core.stats.countStartFailed();
      // An OutOfMemoryError is what Thread.start says when the system has no thread to give.
      if (!(failed instanceof OutOfMemoryError)) {
        Uncaught.report(Thread.currentThread(), failed); // most likely a supplier of idle policies
      }
      return false;
    }
  }

  /// Ends machines beyond those permitted, once there have been some for long.
  void trim(long now, Consumer<Machine> ended) {
    int surplus = core.table.size() - Math.max(core.permitted(), core.control.active());
    if (surplus <= 0) {
      surplusSince = TimeSource.NEVER;
      return;
    }
    if (surplusSince == TimeSource.NEVER) {
      surplusSince = now;
    }
    if (now - surplusSince < core.settings().spareIdleNanos()) {
      return;
    }
    for (; surplus > 0; surplus--) {
      Machine machine = core.control.popToEnd();
      if (machine == null) {
        break;
      }
      core.table.remove(machine);
      core.takeBack(machine.processor);
      ended.accept(machine);
      machine.signalEnd();
    }
    // The machine on top, the last to go idle, was the one that wakes for the earliest timer.
    core.timerLowered();
  }

  /// How long until [#trim] may have something to do, or NEVER.
  long nanosUntilTrim(long now) {
    if (surplusSince == TimeSource.NEVER) {
      return TimeSource.NEVER;
    }
    return Math.max(1, surplusSince + core.settings().spareIdleNanos() - now);
  }
}
