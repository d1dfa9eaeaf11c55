package dev.weft.benchmarks.time;

import dev.weft.benchmarks.Sequential;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// To fire the next of many deadlines and add another one: a timer shard beside a timer wheel. Time
/// goes on by so much for each that about one is due.
public class DeadlineFire extends Sequential {
  static final int OPERATIONS = 100_000;

  @Param("weft")
  String backend;

  @Param({"1000", "1000000"})
  int pending;

  private Deadlines deadlines;
  private long now;
  private long step;
  private int fired;

  @Setup
  public void fill() {
    deadlines = Deadlines.of(backend);
    for (int i = 0; i < pending; i++) {
      deadlines.add(Deadlines.anyAfter(0));
    }
    step = Deadlines.SPAN / 2 / pending;
  }

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int fire() {
    while (fired < OPERATIONS) {
      now += step;
      fired += deadlines.fire(now);
    }
    fired -= OPERATIONS; // a wheel fires many at once: they count for the next time
    return fired;
  }
}
