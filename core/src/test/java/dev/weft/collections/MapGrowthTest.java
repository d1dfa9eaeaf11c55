package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Allocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When a map grows, and what one operation does at most.
class MapGrowthTest {

  private static final long CHUNK_BYTES = 512 * (8 + 64);

  @Test
  @DisplayName("MAP-24, MAP-25: doubling begins at the inserts at which Go's does")
  void golden() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    List<Integer> began = new ArrayList<>();
    int buckets = 1;
    for (int i = 1; i <= 4000; i++) {
      map.put(i, i);
      int after = map.stats().bucketsAfterGrowth();
      if (after != buckets) {
        assertEquals(2 * buckets, after);
        began.add(i);
        buckets = after;
      }
    }
    assertEquals(List.of(9, 14, 27, 53, 105, 209, 417, 833, 1665, 3329), began);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "8, 1",
    "9, 2",
    "13, 2",
    "14, 4",
    "26, 4",
    "27, 8",
    "52, 8",
    "53, 16",
    "104, 16",
    "3328, 512",
    "3329, 1024",
    "100000, 16384"
  })
  @DisplayName("MAP-26: a hint gives as many buckets as Go's, and no growth before there are more")
  void hints(int hint, int buckets) {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>(hint);
    for (int i = 0; i < hint; i++) {
      map.put(i, i);
    }
    assertEquals(buckets, map.stats().buckets());
    assertFalse(map.stats().isGrowing());
    map.checkInvariants();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 13, 26, 416, 3328, 26_624})
  @DisplayName(
      "MAP-29: growth of n buckets ends after n inserts, and nothing else takes part in it")
  void endsInTime(int full) {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    for (int i = 0; i < full; i++) {
      map.put(i, i);
    }
    int before = map.stats().buckets();
    assertFalse(map.stats().isGrowing());
    for (int i = 1; i <= before; i++) {
      map.put(full + i, i);
      assertEquals(before + i, map.stats().buckets());
      map.put(0, i);
      map.get(i);
      assertFalse(map.containsKey(-i));
      map.remove(-i);
      map.merge(1, 1, Integer::sum);
      map.forEach((key, value) -> {});
      assertEquals(before + i, map.stats().buckets());
      if (before < 100) {
        map.checkInvariants();
      }
    }
    assertFalse(map.stats().isGrowing());
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-33: at every moment of growth everything is found, and nothing else")
  void foundWhileGrowing() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    for (int i = 0; i < 1500; i++) {
      map.put(i, i);
      for (int j = 0; j <= i; j++) {
        assertEquals(j, map.get(j));
      }
      assertNull(map.get(i + 1));
      assertNull(map.get(-1));
    }
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-31: the entries of a bucket are divided by the next bit of the hash")
  void divided() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    for (int i = 0; i < 5000; i++) {
      map.put(i, i);
    }
    for (int i = 0; i < 5000; i++) {
      int bucket = map.bucketOf(map.hash(i));
      int bits = map.bitsOf(bucket);
      assertEquals(map.hash(i) & ((1 << bits) - 1), bucket);
    }
  }

  @Test
  @DisplayName("No put of a growing map does more than split a bucket and allocate one chunk")
  void boundedWork() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    Work work = new Work();
    map.work = work;
    Work most = new Work();
    for (int i = 0; i < 3_000_000; i++) {
      work.forget();
      map.put(i * 0x9E3779B9, i);
      most.rehashed = Math.max(most.rehashed, work.rehashed);
      most.moved = Math.max(most.moved, work.moved);
      most.allocatedBytes = Math.max(most.allocatedBytes, work.allocatedBytes);
      most.copiedBytes = Math.max(most.copiedBytes, work.copiedBytes);
    }
    // Three overflow buckets are more than chance brings about; half a chunk is the overflow of a
    // whole one at the end of growth.
    assertTrue(most.rehashed > 8 && most.rehashed <= 40, () -> most.rehashed + " rehashed");
    assertTrue(most.moved > 4 && most.moved <= 40, () -> most.moved + " moved");
    assertTrue(
        most.allocatedBytes >= CHUNK_BYTES && most.allocatedBytes <= 2 * CHUNK_BYTES,
        () -> most.allocatedBytes + " bytes allocated");
    assertTrue(most.copiedBytes <= CHUNK_BYTES, () -> most.copiedBytes + " bytes copied");
    map.checkInvariants();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 1024, 1 << 14, 31, 1_000_003})
  @DisplayName("Keys that follow each other in equal steps make no long chains, with any seed")
  void stepsMakeNoChains(int step) {
    for (int round = 0; round < 150; round++) {
      IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
      for (int i = 0; i < 6_600; i++) {
        map.put(i * step, i);
      }
      int longest = map.stats().longestChain();
      assertTrue(longest <= 32, () -> longest + " in a chain");
    }
  }

  @Test
  @DisplayName("A large directory is doubled in pieces, ahead of the growth that needs it")
  void directoryInPieces() {
    int full = Growth.threshold(NextDirectory.LARGE * Table.CHUNK);
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>(full);
    assertEquals(NextDirectory.LARGE, map.tags.length);
    for (int i = 0; i < full; i++) {
      map.put(i, i);
      if (i == 100) {
        assertNotNull(map.nextDirectory);
      }
    }
    Work work = new Work();
    map.work = work;
    map.put(full, full);
    assertTrue(map.isGrowing());
    assertEquals(2 * NextDirectory.LARGE, map.tags.length);
    assertTrue(work.copiedBytes <= CHUNK_BYTES, () -> work.copiedBytes + " bytes copied");
    assertTrue(
        work.allocatedBytes <= 2 * CHUNK_BYTES, () -> work.allocatedBytes + " bytes allocated");
    for (int i = 0; i <= full; i += 997) {
      assertEquals(i, map.get(i));
    }
  }

  @Test
  @DisplayName("Reading and replacing allocates nothing, while the map grows too")
  void allocatesNothing() throws Exception {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    Integer[] keys = new Integer[3500];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = i;
      map.put(keys[i], keys[i]);
    }
    assertTrue(map.isGrowing());
    int[] next = {0};
    Allocations.assertNone(
        () -> {
          Integer key = keys[next[0]++ % keys.length];
          assertEquals(key, map.get(key));
          map.put(key, key);
        });
  }

  @Test
  @DisplayName("MAP-28, MAP-11: churn keeps memory bounded and chains short")
  void churn() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    int live = 20_000;
    for (int i = 0; i < live; i++) {
      map.put(i, i);
    }
    MapStats before = map.stats();
    for (int i = live; i < 100 * live; i++) {
      map.remove(i - live);
      map.put(i, i);
    }
    MapStats after = map.stats();
    assertEquals(before.buckets(), after.buckets());
    assertTrue(after.overflowCapacity() < after.buckets() / 2, after::toString);
    assertTrue(after.longestChain() <= 32, after::toString);
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-11: removing and clearing keep the buckets, trim gives them back")
  void trim() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      map.put(i, i);
    }
    int buckets = map.stats().buckets();
    map.keySet().removeIf(key -> key >= 100);
    assertEquals(buckets, map.stats().buckets());
    map.trim();
    assertEquals(16, map.stats().buckets());
    map.checkInvariants();
    Map<Integer, Integer> expected = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      expected.put(i, i);
    }
    assertEquals(expected, map);
    map.clear();
    assertEquals(16, map.stats().buckets());
    map.checkInvariants();
    map.trim();
    assertEquals(1, map.stats().buckets());
    map.checkInvariants();
    map.put(1, 1);
    assertEquals(Map.of(1, 1), map);
  }

  @Test
  @DisplayName("MAP-11: what was removed is not kept alive")
  void releases() {
    IncrementalHashMap<Object, Object> map = new IncrementalHashMap<>();
    for (int i = 0; i < 1000; i++) {
      map.put(i, i);
    }
    for (int i = 0; i < 1000; i++) {
      map.remove(i);
    }
    // Invariant I3: free places are null.
    map.checkInvariants();
    for (int i = 0; i < 1000; i++) {
      map.put(i, i);
    }
    map.clear();
    map.checkInvariants();
  }

  @Test
  @DisplayName("Statistics tell how the map is built")
  void stats() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    assertEquals(new MapStats(0, 1, 1, 0, 0, 0, 0, 0), map.stats());
    for (int i = 0; i < 14; i++) {
      map.put(i, i);
    }
    MapStats growing = map.stats();
    assertTrue(growing.isGrowing());
    assertEquals(3, growing.buckets());
    assertEquals(4, growing.bucketsAfterGrowth());
    assertEquals(14 / 3.0, growing.load());
    assertEquals(14, growing.size());
  }
}
