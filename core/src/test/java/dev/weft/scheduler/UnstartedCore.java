package dev.weft.scheduler;

import java.time.Duration;

/// A real core whose machines are real but not started, so that a test can take the steps of
/// machines and of the monitor one by one.
///
/// Active machines are made before idle ones, and at most one of them spins.
final class UnstartedCore {

  static final Schedulable TASK = () -> {};

  final Core core;

  UnstartedCore(int procs) {
    core =
        new Core(
            Scheduler.builder().name("unstarted").procs(procs).spareIdle(Duration.ZERO).settings());
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

  /// A machine on top of the idle stack.
  Machine idle() {
    Machine machine = core.newMachine(true);
    core.control.pushNew(machine);
    return machine;
  }
}
