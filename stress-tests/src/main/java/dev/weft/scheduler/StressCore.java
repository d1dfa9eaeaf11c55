package dev.weft.scheduler;

import java.time.Duration;

/// A real core whose machines are real but not started, so that the actors of a stress test can
/// take the steps of a machine's thread. The monitor is not started either: it would repair what a
/// protocol has missed.
///
/// Active machines are made before idle ones, and at most one of them spins.
final class StressCore {
  /// Something runnable.
  static final Schedulable TASK = () -> {};

  final Core core;

  StressCore(int procs) {
    core =
        new Core(
            Scheduler.builder().name("stress").procs(procs).spareIdle(Duration.ZERO).settings());
  }

  /// A machine that is searching for work.
  Machine spinning() {
    if (!core.control.claimNew(core.permitted())) {
      throw new AssertionError("no more active machines permitted: " + core.control);
    }
    return core.newMachine(false);
  }

  /// A machine that is running something.
  Machine running() {
    Machine machine = spinning();
    machine.stopSpinning();
    return machine;
  }

  /// A machine on the idle stack.
  Machine idle() {
    Machine machine = core.newMachine(true);
    core.control.pushNew(machine);
    return machine;
  }

  /// Whether there is work for an idle machine that one is permitted to do, but nobody was woken
  /// for it: 1 or 0.
  int missedWork() {
    boolean someIdle = core.control.active() < core.table.size();
    return core.workVisible() && someIdle && core.control.wantsMachine(core.permitted()) ? 1 : 0;
  }

  /// How many machines have been woken.
  int wakes() {
    return (int) core.stats.wakes();
  }
}
