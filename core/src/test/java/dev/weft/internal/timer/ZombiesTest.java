package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ZombiesTest {
  private final Zombies zombies = new Zombies();

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      zombies.add();
    }
  }

  @Test
  @DisplayName("the first count above the limit raises the alarm, calming takes it back")
  void alarm() {
    add(Zombies.FLOOR);
    assertFalse(zombies.crowded());
    add(1);
    assertTrue(zombies.crowded());
    assertTrue(zombies.tooManyFor(0));
    zombies.calm();
    assertFalse(zombies.crowded());
    add(1);
    assertTrue(zombies.crowded()); // nothing was shed
    zombies.remove(Zombies.FLOOR + 2);
    assertEquals(0, zombies.count());
    assertFalse(zombies.tooManyFor(0));
  }

  @Test
  @DisplayName("one adder per alarm is asked to wake somebody")
  void ask() {
    assertFalse(zombies.ask());
    add(Zombies.FLOOR + 1);
    assertTrue(zombies.ask());
    assertFalse(zombies.ask());
    assertTrue(zombies.crowded());
    zombies.calm();
    assertFalse(zombies.ask());
    add(1);
    assertTrue(zombies.ask());
  }

  @Test
  @DisplayName("a quarter of the heap is borne")
  void quarter() {
    zombies.setLimitFor(4_000);
    add(1_000);
    assertFalse(zombies.crowded());
    assertFalse(zombies.tooManyFor(4_000));
    assertTrue(zombies.tooManyFor(3_996));
    add(1);
    assertTrue(zombies.crowded());
  }

  @Test
  @DisplayName("a limit that falls below the count raises the alarm itself")
  void fallingLimit() {
    zombies.setLimitFor(4_000);
    add(500);
    zombies.setLimitFor(2_000);
    assertFalse(zombies.crowded());
    zombies.setLimitFor(1_996);
    assertTrue(zombies.crowded());
  }
}
