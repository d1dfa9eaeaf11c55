package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TagsTest {

  @Test
  @DisplayName("Every place with the tag is found, and no free place ever")
  void match() {
    Random random = new Random(1);
    for (int round = 0; round < 200_000; round++) {
      int count = random.nextInt(Tags.PLACES + 1);
      // Few different tags, so that most rounds have matches and near misses.
      int hash = random.nextInt(4) << 25;
      long word = 0;
      for (int place = 0; place < count; place++) {
        word = Tags.add(word, place, Tags.of(random.nextInt(4) << 25));
      }
      assertEquals(count, Tags.count(word));
      assertEquals(count == Tags.PLACES, Tags.isFull(word));
      assertTrue(Tags.isDense(word));
      int found = 0;
      for (long match = Tags.match(word, hash); match != 0; match &= match - 1) {
        int offset = Tags.keyOffset(match);
        assertEquals(0, offset & 1);
        assertTrue(offset >> 1 < count, "a free place was found");
        found |= 1 << (offset >> 1);
      }
      for (int place = 0; place < count; place++) {
        if (Tags.at(word, place) == Tags.of(hash)) {
          assertTrue(((found >> place) & 1) != 0, "a place was not found");
        }
      }
    }
  }

  @Test
  @DisplayName("MAP-20: a tag is seven bits of the hash, and never that of a free place")
  void tag() {
    for (int hash : new int[] {0, -1, 1 << 25, 0x7FFF_FFFF, 0x8000_0000}) {
      assertEquals(0x80 | (hash >>> 25), Tags.of(hash));
    }
  }

  @Test
  @DisplayName("A hole between tags is noticed")
  void dense() {
    long two = Tags.add(Tags.add(0, 0, 0x80), 1, 0xFF);
    assertTrue(Tags.isDense(two));
    assertFalse(Tags.isDense(Tags.set(two, 0, 0)));
    assertTrue(Tags.isDense(Tags.set(two, 1, 0)));
  }
}
