package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The property that sets another threshold for starvation mode.
class StarvationPropertyTest {

  @Test
  @DisplayName("MU-8: without it, the threshold is a millisecond")
  void millisecond() {
    assertEquals(1_000_000, Contention.starvationNanos(null));
    assertEquals(1_000_000, Contention.STARVATION_NANOS);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 20_000_000, 999_999_999_999_999_999L})
  void otherThreshold(long nanos) {
    assertEquals(nanos, Contention.starvationNanos(Long.toString(nanos)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1ms", "1e6", " 5", "1000000000000000000"})
  void refusesWhatIsNoThreshold(String value) {
    Exception refused =
        assertThrows(IllegalArgumentException.class, () -> Contention.starvationNanos(value));
    String told = "-D" + Contention.STARVATION_PROPERTY + "=" + value + " ";
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith(told), message);
  }
}
