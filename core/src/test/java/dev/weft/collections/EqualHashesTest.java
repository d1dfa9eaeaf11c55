package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Many keys of one hash code: they must be no denial of service.
class EqualHashesTest {

  private static final int MANY = 100_000;

  /// Counts what is asked of the keys.
  private static final class Asked {
    long hashed;
    long compared;
    boolean fails;

    long takeAll() {
      long all = hashed + compared;
      hashed = 0;
      compared = 0;
      return all;
    }
  }

  private record Colliding(int number, Asked asked) implements Comparable<Colliding> {
    @Override
    public int hashCode() {
      asked.hashed++;
      return 42;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      asked.compared++;
      return other instanceof Colliding colliding && colliding.number == number;
    }

    @Override
    public int compareTo(Colliding other) {
      asked.compared++;
      if (asked.fails) {
        throw new IllegalStateException("no order");
      }
      return Integer.compare(number, other.number);
    }
  }

  @Test
  @DisplayName("With 100,000 comparable keys of one hash every operation asks few of them")
  void bounded() {
    IncrementalHashMap<Object, Integer> map = new IncrementalHashMap<>();
    Asked asked = new Asked();
    long most = 0;
    for (int i = 0; i < MANY; i++) {
      map.put(new Colliding(i, asked), i);
      most = Math.max(most, asked.takeAll());
    }
    assertTrue(map.stats().equalHashSets() == 1 && map.stats().equalHashKeys() == MANY);
    for (int i = 0; i < MANY; i++) {
      assertEquals(i, map.get(new Colliding(i, asked)));
      assertEquals(i, map.put(new Colliding(i, asked), i));
      most = Math.max(most, asked.takeAll());
    }
    assertNull(map.get(new Colliding(MANY, asked)));
    // Splits go on around the set: no key of it is hashed again.
    for (int i = 0; i < MANY; i++) {
      map.put(i, i);
      most = Math.max(most, asked.takeAll());
    }
    for (int i = 0; i < MANY; i += 2) {
      assertEquals(i, map.remove(new Colliding(i, asked)));
      most = Math.max(most, asked.takeAll());
    }
    long bound = most;
    // A chain that becomes a set: 24 keys are hashed, and put into a tree. Else twice the tree's
    // depth.
    assertTrue(bound < 250, () -> bound + " asked in one operation");
    Set<Object> seen = new HashSet<>();
    map.forEach((key, value) -> assertTrue(seen.add(key)));
    assertEquals(MANY + MANY / 2, map.size());
    map.checkInvariants();
  }

  @Test
  @DisplayName("Few keys of one hash need no set, and a set that becomes empty goes")
  void comesAndGoes() {
    IncrementalHashMap<Object, Integer> map = new IncrementalHashMap<>();
    Asked asked = new Asked();
    for (int i = 0; i < 24; i++) {
      map.put(new Colliding(i, asked), i);
    }
    assertEquals(0, map.stats().equalHashSets());
    map.put(new Colliding(24, asked), 24);
    assertEquals(1, map.stats().equalHashSets());
    map.put("other", 1);
    for (int i = 0; i < 25; i++) {
      map.checkInvariants();
      assertEquals(i, map.remove(new Colliding(i, asked)));
    }
    assertEquals(0, map.stats().equalHashSets());
    assertEquals(1, map.size());
    map.checkInvariants();
  }

  @Test
  @DisplayName("Several sets are in several buckets, and move with them")
  void severalSets() {
    IncrementalHashMap<Object, Integer> map = new IncrementalHashMap<>();
    for (int i = 0; i < 4000; i++) {
      map.put(new KeyKind.Named(i % 40, i), i);
    }
    map.checkInvariants();
    assertEquals(40, map.stats().equalHashSets());
    for (int i = 0; i < 4000; i++) {
      assertEquals(i, map.get(new KeyKind.Named(i % 40, i)));
    }
    map.trim();
    map.checkInvariants();
    assertEquals(4000, map.keySet().stream().distinct().count());
  }

  @Test
  @DisplayName("If a comparison fails nothing has changed, and the map can be used")
  void failingComparison() {
    IncrementalHashMap<Object, Integer> map = new IncrementalHashMap<>();
    Asked asked = new Asked();
    for (int i = 0; i < 24; i++) {
      map.put(new Colliding(i, asked), i);
    }
    asked.fails = true;
    assertThrows(IllegalStateException.class, () -> map.put(new Colliding(24, asked), 24));
    asked.fails = false;
    assertEquals(24, map.size());
    map.checkInvariants();
    map.put(new Colliding(24, asked), 24);
    asked.fails = true;
    assertThrows(IllegalStateException.class, () -> map.put(new Colliding(25, asked), 25));
    assertThrows(IllegalStateException.class, () -> map.remove(new Colliding(3, asked)));
    asked.fails = false;
    assertEquals(25, map.size());
    assertFalse(map.containsKey(new Colliding(25, asked)));
    map.checkInvariants();
    assertEquals(3, map.remove(new Colliding(3, asked)));
  }
}
