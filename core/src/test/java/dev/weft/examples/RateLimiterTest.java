package dev.weft.examples;

import static dev.weft.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Goroutine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  @Test
  @DisplayName("A full bucket lets as many through as it holds, and then nobody")
  void burst() {
    try (RateLimiter limiter = new RateLimiter(Duration.ofDays(1), 3)) {
      for (int i = 0; i < 3; i++) {
        assertTrue(limiter.tryAcquire(), "token " + i);
      }
      assertFalse(limiter.tryAcquire());
    }
  }

  @Test
  @DisplayName("Who waits gets a token with time")
  void refill() throws Exception {
    try (RateLimiter limiter = new RateLimiter(Duration.ofMillis(1), 1)) {
      for (int i = 0; i < 20; i++) {
        assertTrue(limiter.acquire());
      }
    }
  }

  @Test
  @DisplayName("Closing it sends those away who wait")
  void closed() throws Exception {
    RateLimiter limiter = new RateLimiter(Duration.ofDays(1), 1);
    assertTrue(limiter.acquire());
    boolean[] acquired = {true};
    Goroutine waiter = go(() -> acquired[0] = limiter.acquire());
    limiter.close();
    waiter.join();
    assertNull(waiter.failure());
    assertFalse(acquired[0]);
  }

  @Test
  @Tag("fork")
  @DisplayName("The rate limiter, compiled by the build, runs")
  void program() throws Exception {
    List<String> lines = ExampleProgram.run(RateLimiter.class, "5");
    assertEquals(5, lines.size(), lines::toString);
    assertTrue(lines.get(4).matches("request 5 after \\d+ ms"), lines.get(4));
  }
}
