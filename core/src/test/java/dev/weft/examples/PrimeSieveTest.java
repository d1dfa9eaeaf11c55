package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PrimeSieveTest {

  @Test
  @DisplayName("The sieve finds the primes that arithmetic finds, and leaves no goroutine behind")
  void primes() throws Exception {
    List<Integer> found = new ArrayList<>();
    try (Scheduler scheduler = Scheduler.builder().name("sieve").build()) {
      Goroutine main = scheduler.go(() -> found.addAll(PrimeSieve.first(300)));
      main.join();
      assertEquals(null, main.failure());
      for (Goroutine filter : scheduler.goroutines()) {
        filter.join();
      }
      assertEquals(0, scheduler.numGoroutine());
    }
    List<Integer> expected =
        Stream.iterate(BigInteger.TWO, BigInteger::nextProbablePrime)
            .map(BigInteger::intValueExact)
            .limit(300)
            .toList();
    assertEquals(expected, found);
  }

  @Test
  @Tag("fork")
  @DisplayName("The prime sieve, compiled by the build, runs")
  void program() throws Exception {
    List<String> lines = ExampleProgram.run(PrimeSieve.class, "5");
    assertEquals("[2, 3, 5, 7, 11]", lines.getFirst());
    assertTrue(lines.get(1).startsWith("5 primes by as many goroutines on Scheduler[weft, "));
  }
}
