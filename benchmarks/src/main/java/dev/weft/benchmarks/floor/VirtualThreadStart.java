package dev.weft.benchmarks.floor;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// The floor of a spawn: one operation is to make a virtual thread that does next to nothing, to
/// start it, and to run it to its end.
public class VirtualThreadStart extends VirtualThreadFloor {
  private long ended;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long startAndEnd() {
    ended = 0;
    Runnable body = () -> ended++;
    for (int i = 0; i < OPERATIONS; i++) {
      unstarted(body).start();
      runAll();
    }
    return checked(ended);
  }
}
