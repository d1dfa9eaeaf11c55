package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimeSourceTest {
  @Test
  @DisplayName("instants are positive, do not decrease and are far from NEVER")
  void instants() {
    long last = 0;
    for (int i = 0; i < 1_000; i++) {
      long now = TimeSource.now();
      assertTrue(now > 0 && now >= last && now < TimeSource.NEVER / 2, "now " + now);
      last = now;
    }
  }

  @Test
  @DisplayName("the clock runs at the rate of System.nanoTime")
  void rate() {
    long outerStart = System.nanoTime();
    long start = TimeSource.now();
    long innerStart = System.nanoTime();
    while (System.nanoTime() - innerStart < 1_000_000) {
      Thread.onSpinWait();
    }
    long innerEnd = System.nanoTime();
    long elapsed = TimeSource.now() - start;
    long outerEnd = System.nanoTime();
    assertTrue(elapsed >= innerEnd - innerStart && elapsed <= outerEnd - outerStart);
  }

  @Test
  @DisplayName("TMR-1: a deadline saturates: zero or less is now, too far is NEVER")
  void saturation() {
    assertEquals(100, TimeSource.deadlineAfter(100, 0));
    assertEquals(100, TimeSource.deadlineAfter(100, -1));
    assertEquals(100, TimeSource.deadlineAfter(100, Long.MIN_VALUE));
    assertEquals(101, TimeSource.deadlineAfter(100, 1));
    assertEquals(TimeSource.NEVER, TimeSource.deadlineAfter(100, Long.MAX_VALUE));
    assertEquals(TimeSource.NEVER, TimeSource.deadlineAfter(100, Long.MAX_VALUE - 100));
    assertEquals(TimeSource.NEVER - 1, TimeSource.deadlineAfter(100, Long.MAX_VALUE - 101));
    assertEquals(TimeSource.NEVER, TimeSource.deadlineAfter(100, Long.MAX_VALUE - 99));
    assertEquals(TimeSource.NEVER, TimeSource.deadlineAfter(Long.MAX_VALUE));
    long before = TimeSource.now();
    long deadline = TimeSource.deadlineAfter(1_000);
    assertTrue(deadline >= before + 1_000 && deadline <= TimeSource.now() + 1_000);
  }
}
