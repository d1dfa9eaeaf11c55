package dev.weft.channel;

import dev.weft.testkit.Scale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Matrices of producers and consumers; see [Crowd].
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#all")
class CrowdTest extends ChannelContract {
  private static final int ELEMENTS = 400;

  private void run(int producers, int consumers, boolean patient) throws InterruptedException {
    int rounds = Scale.times(1);
    for (int round = 0; round < rounds; round++) {
      Channel<Integer> shared = Channel.make(capacity);
      long seed = new SplittableRandom().nextLong();
      Crowd crowd = new Crowd(threads, shared, seed);
      try {
        (patient ? crowd : crowd.impatient())
            .run(producers, consumers, Math.max(4, ELEMENTS / producers));
        assertSettled(shared);
      } catch (AssertionError failure) {
        throw new AssertionError("seed " + seed + " on " + shared, failure);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "4, 1", "4, 4", "50, 50"})
  @DisplayName("CH-1, CH-2, CH-9: many send and receive; nothing is lost, doubled or overtaken")
  void patient(int producers, int consumers) throws Exception {
    run(producers, consumers, true);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "4, 1", "4, 4", "50, 50"})
  @DisplayName("The same with timeouts, try-forms and interrupts thrown in")
  void impatient(int producers, int consumers) throws Exception {
    run(producers, consumers, false);
  }
}
