package dev.weft.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What the calling thread allocates. Platform threads only, since the JVM counts for these alone;
/// the benchmarks measure the others.
public final class Allocations {

  /// One round of what is looked at.
  @FunctionalInterface
  public interface Round {

    /// Does it once.
    void run() throws Exception;
  }

  private static final int ROUNDS = 2_000;
  private static final int BATCHES = 20;

  private Allocations() {}

  /// Fails if a round allocates. The least of many batches: linking and compiling what runs for the
  /// first time may allocate.
  public static void assertNone(Round round) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < BATCHES; batch++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUNDS; i++) {
        round.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    long bytes = least;
    assertTrue(bytes < ROUNDS, () -> bytes + " bytes in " + ROUNDS + " rounds");
  }
}
