package dev.weft.scheduler;

import dev.weft.internal.timer.TimeSource;
import java.util.HashSet;
import java.util.Set;

/// Decides when the processor of a stuck machine is handed off, so that another machine may take
/// its place. Monitor only.
///
/// A goroutine that blocks its machine (a file, native code, a class initializer) costs no
/// processor time, so its place is filled at once, up to the limit of threads. One that computes
/// does use a processor; filling its place makes more runnable threads than processors. So that
/// nobody starves, as many as there are processors are handed off at once, and each further one
/// only after runnable work has waited twice as long as for the one before, up to a second: a
/// thousand goroutines that compute do not make a thousand threads.
final class HandOffBudget {

  private static final long FIRST_WAIT = 2 * Watch.SLICE_NANOS;
  private static final long LONGEST_WAIT = 1_000_000_000;

  private final Core core;
  private final Set<Processor> hogs = new HashSet<>();
  private final Set<Processor> seen = new HashSet<>();

  private long now;
  private boolean workWaits;
  private long waitingSince = TimeSource.NEVER;
  private long wait = FIRST_WAIT;

  HandOffBudget(Core core) {
    this.core = core;
  }

  /// Starts a tick.
  void begin(long time) {
    now = time;
    seen.clear();
    workWaits = core.workVisible() || core.earliestTimer() <= time;
  }

  /// A processor is handed off already.
  void sawHandedOff(Processor processor) {
    seen.add(processor);
    workWaits |= processor.runNext.peek() != null;
  }

  /// A machine is stuck; hands off its processor if that is due.
  void stuck(Machine machine, Watch.Verdict verdict) {
    workWaits |= machine.processor.runNext.peek() != null;
    boolean machineAtHand =
        core.control.active() < core.table.size()
            || core.table.size() < core.settings().maxThreads();
    if (!machineAtHand) {
      return;
    }
    if (verdict == Watch.Verdict.HOG && !mayHandOffHog()) {
      return;
    }
    if (verdict == Watch.Verdict.HOG) {
      hogs.add(machine.processor);
    }
    seen.add(machine.processor);
    core.handOff(machine.processor);
  }

  private boolean mayHandOffHog() {
    if (hogs.size() < core.procs()) {
      wait = FIRST_WAIT;
      return true;
    }
    if (!workWaits || waitingSince == TimeSource.NEVER || now - waitingSince < wait) {
      return false;
    }
    waitingSince = now;
    wait = Math.min(2 * wait, LONGEST_WAIT);
    return true;
  }

  /// Ends a tick.
  void end() {
    hogs.retainAll(seen);
    if (!workWaits) {
      waitingSince = TimeSource.NEVER;
    } else if (waitingSince == TimeSource.NEVER) {
      waitingSince = now;
    }
  }

  /// Whether anything is runnable that no machine runs, as of this tick.
  boolean workWaits() {
    return workWaits;
  }
}
