package dev.weft.benchmarks;

import dev.weft.scheduler.SchedulerStats;

/// A row about something that the JDK has another tool for. Besides Weft's backends, that runs it
/// on virtual threads: say `-p backend=plain`, `phaser` for wait groups, or `juc` for pools.
///
/// A process uses one tool only, so that the JVM inlines its calls.
public abstract class ToolBenchmark extends GoroutineBenchmark {

  private String tool = WEFT;

  /// The tool of Weft, on either backend.
  protected static final String WEFT = "weft";

  /// For the rows.
  protected ToolBenchmark() {}

  /// What is measured. On a goroutine or on a virtual thread.
  ///
  /// @param tool [#WEFT], or a rival as the parameter `backend` names it
  /// @param operations how many to do
  /// @return how many were done
  protected abstract long run(String tool, int operations) throws Exception;

  @Override
  protected final long run(int operations) throws Exception {
    return run(tool, operations);
  }

  @Override
  protected final Host rival(String name) {
    tool = name;
    return new VirtualThreadHost(procs());
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {}

  /// For a name that the row does not know.
  protected static IllegalArgumentException unknown(String tool) {
    return new IllegalArgumentException("this row does not run on " + tool);
  }
}
