package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VictimOrderTest {
  private static final int MOST = 64;
  private static final int SEEDS = 100;
  private static final int PASSES = 5;

  @Test
  @DisplayName("SCH-13: every pass visits each processor exactly once, for every seed and count")
  void eachOnce() {
    for (int seed = 0; seed < SEEDS; seed++) {
      VictimOrder order = new VictimOrder(seed);
      for (int count = 1; count <= MOST; count++) {
        for (int pass = 0; pass < PASSES; pass++) {
          assertEquals(count, visited(order, count).cardinality());
        }
      }
    }
  }

  @Test
  @DisplayName("SCH-13: large and odd counts and extreme seeds are visited completely, too")
  void extremes() {
    for (int seed : new int[] {Integer.MIN_VALUE, -1, Integer.MAX_VALUE, 0x9E3779B9}) {
      VictimOrder order = new VictimOrder(seed);
      for (int count : new int[] {1000, 1009, 4096, 30030, MachineControl.MAX_MACHINES}) {
        assertEquals(count, visited(order, count).cardinality());
      }
    }
  }

  @Test
  @DisplayName("SCH-13: the start is random: over many passes each processor is first some time")
  void start() {
    VictimOrder order = new VictimOrder(7);
    BitSet firsts = new BitSet();
    for (int pass = 0; pass < 1_000; pass++) {
      order.start(8);
      firsts.set(order.next());
    }
    assertEquals(8, firsts.cardinality(), () -> "first were only " + firsts);
  }

  @Test
  @DisplayName("SCH-13: a pass over nobody ends at once")
  void nobody() {
    VictimOrder order = new VictimOrder(1);
    order.start(0);
    assertEquals(-1, order.next());
  }

  /// Runs one pass; fails if it names a processor twice or one that does not exist.
  private static BitSet visited(VictimOrder order, int count) {
    BitSet seen = new BitSet();
    order.start(count);
    for (int i = order.next(); i >= 0; i = order.next()) {
      int index = i;
      assertTrue(i < count && !seen.get(i), () -> index + " again, or out of range " + count);
      seen.set(i);
    }
    assertEquals(-1, order.next(), "the pass is over");
    return seen;
  }
}
