package dev.weft.benchmarks;

import dev.weft.scheduler.Backend;
import dev.weft.scheduler.SchedulerStats;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A row that goroutines do, on either backend and with one or two processors.
///
/// JMH's own thread is a platform thread, and to hand over from it to a goroutine and back takes
/// longer than most of what is measured. So one invocation is one goroutine that does a large
/// number of operations, with others where the row says so, and JMH's thread waits for its end.
///
/// Each invocation counts what it did, and a row can look at the scheduler's counters at the end: a
/// row that does not do what its name says fails.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 3,
    jvmArgsPrepend = {
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
public abstract class GoroutineBenchmark {

  @Param({"gpm", "jdk"})
  String backend;

  @Param({"1", "2"})
  int procs;

  private Host host;
  private long operationsDone;

  /// For the rows.
  protected GoroutineBenchmark() {}

  /// What is measured. On a goroutine.
  ///
  /// @param operations how many to do
  /// @return how many were done, as counted by who did them
  protected abstract long run(int operations) throws Exception;

  /// Whether the run did what the row says. Only asked on the gpm backend, which has counters.
  ///
  /// @param stats the counters at the end
  /// @param operations all that was done, warm-up included
  /// @throws IllegalStateException if not
  protected abstract void check(SchedulerStats stats, long operations);

  /// Makes what runs a rival's programs, for rows that have any.
  ///
  /// @param name what the parameter `backend` says, if it is none of Weft's
  protected Host rival(String name) {
    throw new IllegalArgumentException(getClass().getSimpleName() + " does not run on " + name);
  }

  /// Makes a scheduler of the parameters' kind, or what a rival needs.
  @Setup
  public final void open() {
    host =
        switch (backend) {
          case "gpm", "jdk" ->
              new SchedulerHost(Backend.valueOf(backend.toUpperCase(Locale.ROOT)), procs);
          default -> rival(backend);
        };
  }

  /// Looks at its counters and closes it.
  @TearDown
  public final void close() {
    host.stats().ifPresent(stats -> check(stats, operationsDone));
    host.close();
  }

  /// Does one invocation: starts the goroutine and waits for its end. By JMH's thread.
  protected final long invoke(int operations) throws InterruptedException {
    long[] counted = new long[1];
    host.run(() -> counted[0] = run(operations));
    if (counted[0] != operations) {
      throw new IllegalStateException(counted[0] + " of " + operations + " operations were done");
    }
    operationsDone += operations;
    return counted[0];
  }

  /// How many processors the row was asked to run on.
  protected final int procs() {
    return procs;
  }

  /// Fails unless a counter got far enough.
  protected final void atLeast(String counter, long value, long expected) {
    if (value < expected) {
      throw new IllegalStateException(
          "the row claims " + expected + " " + counter + " or more, but there were " + value);
    }
  }
}
