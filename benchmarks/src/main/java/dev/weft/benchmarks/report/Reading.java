package dev.weft.benchmarks.report;

import java.util.Locale;

/// One figure: what one fork, or one run of the Go binary, said.
///
/// @param row which row
/// @param runner who ran it
/// @param procs on how many processors; 0 in the rows that set a floor
/// @param round in which round, from 1
/// @param nanos nanoseconds per operation
/// @param bytes bytes allocated per operation
record Reading(Row row, Runner runner, int procs, int round, double nanos, double bytes) {

  /// Who runs a row.
  enum Runner {
    FLOOR,
    GPM,
    JDK,
    GO,
    JOX,
    KOTLINX,

    /// `SynchronousQueue` and `ArrayBlockingQueue`.
    JUC;

    /// What the rows call it in their parameter `backend`, if JMH runs it.
    String backend() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
