package com.example.primes;

import dev.weft.scheduler.BackendChoice;
import dev.weft.scheduler.Scheduler;
import java.util.BitSet;

/// Counts the primes below a limit with goroutines, checks the count with a sieve, and says which
/// backend it got.
public final class Primes {
  private static final int LIMIT = 100_000;

  private Primes() {}

  /// Prints the count and the backend.
  ///
  /// @param args not used
  public static void main(String[] args) throws InterruptedException {
    int counted = Pipeline.count(LIMIT);
    int sieved = sieve(LIMIT);
    if (counted != sieved) {
      throw new IllegalStateException(
          "the pipeline counted " + counted + " primes, but the sieve left " + sieved);
    }
    BackendChoice choice = Scheduler.defaultScheduler().backend();
    System.out.println(counted + " primes below " + LIMIT);
    System.out.println(choice.backend() + ": " + choice.reason());
  }

  private static int sieve(int limit) {
    BitSet primes = new BitSet(limit);
    primes.set(2, limit);
    for (int prime = 2; prime * prime < limit; prime = primes.nextSetBit(prime + 1)) {
      for (int multiple = prime * prime; multiple < limit; multiple += prime) {
        primes.clear(multiple);
      }
    }
    return primes.cardinality();
  }
}
