package dev.weft.benchmarks;

import dev.weft.base.Body;
import dev.weft.scheduler.SchedulerStats;
import java.util.Optional;

/// Who runs the programs of a row: one of Weft's backends, or what a rival runs on.
public interface Host extends AutoCloseable {

  /// Runs a body where the row's programs run, and waits for its end. By JMH's thread.
  ///
  /// @throws IllegalStateException if the body failed
  void run(Body body) throws InterruptedException;

  /// The scheduler's counters, if it has any.
  default Optional<SchedulerStats> stats() {
    return Optional.empty();
  }

  @Override
  default void close() {}
}
