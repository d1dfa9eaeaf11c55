package dev.weft.scheduler;

/// What run queues hold: something that a machine can run or go on running.
interface Schedulable {
  /// Runs until the next switch. Called by a machine that took this from a queue.
  void resume();
}
