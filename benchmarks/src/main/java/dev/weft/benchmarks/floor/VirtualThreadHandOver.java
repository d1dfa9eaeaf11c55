package dev.weft.benchmarks.floor;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// The floor of an unbuffered element: two virtual threads wake each other by turns. One operation
/// is to unpark the other one, to park, and to run that one.
public class VirtualThreadHandOver extends VirtualThreadFloor {
  private Thread first;
  private Thread second;
  private long handOvers;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long unparkAndPark() {
    handOvers = 0;
    first = unstarted(() -> alternate(0));
    second = unstarted(() -> alternate(1));
    first.start();
    second.start();
    runAll();
    return checked(handOvers);
  }

  private void alternate(int own) {
    while (handOvers < OPERATIONS) {
      if ((handOvers & 1) == own) {
        handOvers++;
        LockSupport.unpark(own == 0 ? second : first);
      } else {
        LockSupport.park();
      }
    }
  }
}
