package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The rules of the word, one step at a time; the races are in the stress tests.
class NextDeadlineTest {
  private final NextDeadline next = new NextDeadline();

  @Test
  @DisplayName("it starts at NEVER; only an earlier deadline lowers it")
  void lower() {
    assertEquals(TimeSource.NEVER, next.get());
    assertFalse(next.lower(TimeSource.NEVER));
    assertTrue(next.lower(50));
    assertFalse(next.lower(50));
    assertFalse(next.lower(60));
    assertEquals(50, next.get());
    assertTrue(next.lower(0));
    assertEquals(0, next.get());
  }

  @Test
  @DisplayName("a recount that no adder disturbs raises it, and readers see no mark meanwhile")
  void recount() {
    next.lower(50);
    assertEquals(50, next.openRecount());
    assertEquals(50, next.get());
    assertTrue(next.closeRecount(50, 70));
    assertEquals(70, next.get());
    assertTrue(next.closeRecount(next.openRecount(), TimeSource.NEVER));
    assertEquals(TimeSource.NEVER, next.get());
  }

  @Test
  @DisplayName("R1: an adder that lowers nothing still spoils the recount")
  void adderSpoilsRecount() {
    next.lower(10);
    long old = next.openRecount();
    assertFalse(next.lower(50));
    assertFalse(next.closeRecount(old, 100));
    assertEquals(10, next.get());
  }

  @Test
  @DisplayName("R2: a recount never lowers; the adder does and is told so")
  void recountDoesNotLower() {
    next.lower(100);
    assertTrue(next.closeRecount(next.openRecount(), 50));
    assertEquals(100, next.get());
    assertTrue(next.lower(50));
  }

  @Test
  @DisplayName("an adder that lowers during a recount wins")
  void lowerDuringRecount() {
    next.lower(100);
    long old = next.openRecount();
    assertTrue(next.lower(50));
    assertFalse(next.closeRecount(old, 200));
    assertEquals(50, next.get());
  }

  @Test
  @DisplayName("a mark that a recount left behind does no harm to the next")
  void staleMark() {
    next.lower(100);
    next.openRecount();
    assertTrue(next.closeRecount(next.openRecount(), 200));
    assertEquals(200, next.get());
  }
}
