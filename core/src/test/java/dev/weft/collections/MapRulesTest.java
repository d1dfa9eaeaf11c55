package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Go promises of maps, rule by rule.
class MapRulesTest {

  private static IncrementalHashMap<Integer, Integer> numbers(int count) {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    for (int i = 0; i < count; i++) {
      map.put(i, -i);
    }
    return map;
  }

  @Test
  @DisplayName("MAP-1: the nil map can be read, and nothing can be put into it")
  void nil() {
    Map<String, Integer> nil = IncrementalHashMap.nil();
    assertNull(nil.get("a"));
    assertEquals(5, nil.getOrDefault("a", 5));
    assertFalse(nil.containsKey("a"));
    assertEquals(0, nil.size());
    assertFalse(nil.entrySet().iterator().hasNext());
    assertNull(nil.remove("a"));
    nil.clear();
    ((IncrementalHashMap<String, Integer>) nil).trim();
    nil.putAll(Map.of());
    assertEquals(Map.of(), nil);
    for (Runnable write :
        List.<Runnable>of(
            () -> nil.put("a", 1),
            () -> nil.putAll(Map.of("a", 1)),
            () -> nil.merge("a", 1, Integer::sum),
            () -> nil.computeIfAbsent("a", key -> 1))) {
      String message =
          "" + assertThrows(UnsupportedOperationException.class, write::run).getMessage();
      assertTrue(message.startsWith("assignment to entry in nil map"), message);
    }
    assertTrue(IncrementalHashMap.nil().isNil());
    assertFalse(new IncrementalHashMap<>().isNil());
    assertEquals(0, nil.size());
  }

  @Test
  @DisplayName("MAP-2: a key that is assigned to again stays the one it was")
  void oldKeyStays() {
    IncrementalHashMap<String, Integer> map = new IncrementalHashMap<>();
    String first = new String(new char[] {'k', 'e', 'y'});
    map.put(first, 1);
    assertEquals(1, map.put(new String(new char[] {'k', 'e', 'y'}), 2));
    assertSame(first, map.keySet().iterator().next());
    assertEquals(2, map.get("key"));
  }

  @Test
  @DisplayName("MAP-3: keys are equal if equals says so, and the same key always is")
  void equality() {
    IncrementalHashMap<Object, Integer> map = new IncrementalHashMap<>();
    map.put(Double.NaN, 1);
    map.put(0.0, 2);
    map.put(-0.0, 3);
    assertEquals(1, map.get(Double.NaN), "Double.equals is not ==");
    assertEquals(3, map.size());
    Object never =
        new Object() {
          @Override
          public boolean equals(@Nullable Object other) {
            return false;
          }

          @Override
          public int hashCode() {
            return 1;
          }
        };
    map.put(never, 4);
    assertEquals(4, map.get(never));
    assertEquals(4, map.remove(never));
  }

  @Test
  @DisplayName("MAP-4: arrays and maps are refused as keys, on lookup and removal too")
  void unhashable() {
    for (IncrementalHashMap<Object, Integer> map :
        List.of(
            new IncrementalHashMap<Object, Integer>(),
            new IncrementalHashMap<Object, Integer>(Map.of("a", 1)),
            IncrementalHashMap.<Object, Integer>nil())) {
      for (Object key : List.of(new int[1], new Object[0], new IncrementalHashMap<>())) {
        for (Runnable use :
            List.<Runnable>of(
                () -> map.get(key),
                () -> assertFalse(map.containsKey(key)),
                () -> map.put(key, 1),
                () -> map.remove(key),
                () -> map.remove(key, 1),
                () -> map.replace(key, 1),
                () -> map.putIfAbsent(key, 1),
                () -> map.merge(key, 1, Integer::sum))) {
          String message = "" + assertThrows(IllegalArgumentException.class, use::run).getMessage();
          assertTrue(
              message.startsWith("hash of unhashable type " + key.getClass().getTypeName()),
              message);
        }
      }
      assertNull(map.get("b"));
      map.checkInvariants();
    }
  }

  @Test
  @DisplayName("MAP-5, MAP-35: in a small map every place comes first at some time")
  void randomStart() {
    IncrementalHashMap<Integer, Integer> map = numbers(8);
    Set<Integer> first = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      first.add(map.keySet().iterator().next());
    }
    assertEquals(map.keySet(), first);
  }

  @Test
  @DisplayName("MAP-5: in a large map walks begin in many places")
  void randomStartOfLarge() {
    IncrementalHashMap<Integer, Integer> map = numbers(10_000);
    Set<Integer> first = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      first.add(map.keySet().iterator().next());
    }
    assertTrue(first.size() > 100, first::toString);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 13, 14, 20, 100, 5000})
  @DisplayName("MAP-7: everything may be removed during a walk")
  @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // is what it is about
  void removeAll(int count) {
    IncrementalHashMap<Integer, Integer> map = numbers(count);
    int produced = 0;
    for (Integer ignored : map.keySet()) {
      produced++;
      for (int i = 0; i < count; i++) {
        map.remove(i);
      }
    }
    assertEquals(1, produced);
    assertEquals(0, map.size());
    Iterator<Integer> walk = numbers(count).keySet().iterator();
    while (walk.hasNext()) {
      walk.next();
      walk.remove();
    }
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-7: after clear during a walk nothing old is produced")
  @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // is what it is about
  void clearDuringWalk() {
    IncrementalHashMap<Integer, Integer> map = numbers(500);
    List<Integer> after = new ArrayList<>();
    boolean cleared = false;
    for (Integer key : map.keySet()) {
      if (cleared) {
        after.add(key);
      } else {
        map.clear();
        map.put(1000, 1);
        cleared = true;
      }
    }
    assertTrue(Set.of(1000).containsAll(after), after::toString);
    assertEquals(Map.of(1000, 1), map);
  }

  @Test
  @DisplayName("MAP-6: an entry that is removed between hasNext and next is not produced")
  void removedAfterHasNext() {
    IncrementalHashMap<Integer, Integer> map = numbers(2);
    Iterator<Integer> walk = map.keySet().iterator();
    Integer first = walk.next();
    assertTrue(walk.hasNext());
    map.remove(1 - first);
    assertThrows(NoSuchElementException.class, walk::next);
    walk.remove();
    assertThrows(IllegalStateException.class, walk::remove);
    assertTrue(map.isEmpty());
  }

  @Test
  @DisplayName("MAP-6: an entry whose value changes between hasNext and next has the new value")
  void changedAfterHasNext() {
    IncrementalHashMap<Integer, Integer> map = numbers(1);
    Iterator<Integer> walk = map.values().iterator();
    assertTrue(walk.hasNext());
    map.put(0, 77);
    assertEquals(77, walk.next());
  }

  @Test
  @DisplayName("MAP-6: a walk that begins in a small map is not lost in the large one it becomes")
  @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // is what it is about
  void growsDuringWalk() {
    IncrementalHashMap<Integer, Integer> map = numbers(30);
    Set<Integer> produced = new HashSet<>();
    int next = 1000;
    for (Integer key : map.keySet()) {
      assertTrue(produced.add(key), "twice");
      for (int i = 0; i < 1000 && map.size() < 20_000; i++) {
        map.put(next++, 0);
      }
    }
    assertTrue(produced.containsAll(numbers(30).keySet()));
    map.checkInvariants();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 0, Integer.MAX_VALUE})
  @DisplayName("MAP-10: a hint that makes no sense is no hint")
  void bogusHints(int hint) {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>(hint);
    assertEquals(1, map.stats().buckets());
    map.put(1, 1);
    assertEquals(Map.of(1, 1), map);
  }

  @Test
  @DisplayName("MAP-12: if a key cannot be hashed or compared the map is as it was")
  void throwingKeys() {
    class Failing {
      @Override
      public int hashCode() {
        throw new IllegalStateException("no hash");
      }

      @Override
      public boolean equals(@Nullable Object other) {
        return false;
      }
    }
    class NotComparing {
      @Override
      public int hashCode() {
        return 1;
      }

      @Override
      public boolean equals(@Nullable Object other) {
        throw new IllegalStateException("no equals");
      }
    }
    IncrementalHashMap<Object, Integer> map = new IncrementalHashMap<>();
    for (int i = 0; i < 100; i++) {
      map.put(i, i);
    }
    assertThrows(IllegalStateException.class, () -> map.put(new Failing(), 1));
    assertThrows(IllegalStateException.class, () -> map.get(new Failing()));
    assertThrows(IllegalStateException.class, () -> map.remove(new Failing()));
    assertThrows(IllegalStateException.class, () -> map.put(new NotComparing(), 1));
    assertThrows(IllegalStateException.class, () -> map.remove(new NotComparing()));
    assertEquals(100, map.size());
    map.checkInvariants();
    map.put(100, 100);
    assertEquals(101, map.size());
  }

  @Test
  @DisplayName("MAP-12: a key whose hash fails while the map grows does no damage either")
  void throwingWhileGrowing() {
    AtomicBoolean fails = new AtomicBoolean();
    final class Key {
      private final int number;

      Key(int number) {
        this.number = number;
      }

      @Override
      public int hashCode() {
        if (fails.get()) {
          throw new IllegalStateException("no hash any more");
        }
        return number;
      }

      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Key key && key.number == number;
      }
    }
    IncrementalHashMap<Object, Integer> map = new IncrementalHashMap<>();
    Set<Object> there = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      map.put(new Key(i), i);
      fails.set(true);
      try {
        Integer added = -i - 1;
        map.put(added, i);
        there.add(added);
      } catch (IllegalStateException splitFailed) {
        assertEquals("no hash any more", splitFailed.getMessage());
      }
      fails.set(false);
      assertEquals(i + 1 + there.size(), map.size());
    }
    assertTrue(there.size() < 2000, "no split failed");
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-13: if what computes a value throws, no entry is made")
  void throwingValues() {
    IncrementalHashMap<String, Integer> map = new IncrementalHashMap<>();
    map.put("a", 1);
    for (Runnable use :
        List.<Runnable>of(
            () -> map.compute("b", (key, value) -> fail()),
            () -> map.computeIfAbsent("b", key -> fail()),
            () -> map.computeIfPresent("a", (key, value) -> fail()),
            () -> map.merge("a", 1, (one, other) -> fail()),
            () -> map.replaceAll((key, value) -> fail()))) {
      assertThrows(IllegalStateException.class, use::run);
      assertEquals(Map.of("a", 1), map);
    }
    map.checkInvariants();
  }

  private static Integer fail() {
    throw new IllegalStateException("no value");
  }

  @Test
  @DisplayName("MAP-13: a removed entry that is counted up again begins at nothing")
  void removedThenMerged() {
    IncrementalHashMap<Integer, Integer> map = numbers(20);
    map.remove(5);
    assertEquals(1, map.merge(5, 1, Integer::sum));
    assertEquals(2, map.merge(5, 1, Integer::sum));
  }

  @Test
  @DisplayName(
      "MAP-13: what computes a value may change the map, even so that it grows or is emptied")
  void computingChangesMap() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    map.put(0, 0);
    assertEquals(
        7,
        map.computeIfAbsent(
            -1,
            key -> {
              for (int i = 1; i < 500; i++) {
                map.put(i, i);
              }
              return 7;
            }));
    assertEquals(501, map.size());
    assertEquals(
        8,
        map.merge(
            0,
            1,
            (one, other) -> {
              map.clear();
              return 8;
            }));
    assertEquals(Map.of(0, 8), map);
    assertEquals(
        9,
        map.compute(
            3,
            (key, value) -> {
              map.put(3, 4);
              return 9;
            }));
    assertEquals(Map.of(0, 8, 3, 9), map);
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-38: each map hashes in its own way, and in another one after it was emptied")
  void seeds() {
    String key = "key";
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      hashes.add(new IncrementalHashMap<>().hash(key));
    }
    assertTrue(hashes.size() > 90);
    IncrementalHashMap<Integer, Integer> map = numbers(3);
    int first = map.hash(key);
    map.remove(0);
    map.remove(1);
    assertEquals(first, map.hash(key));
    map.remove(2);
    int second = map.hash(key);
    assertNotEquals(first, second);
    map.put(1, 1);
    map.clear();
    assertNotEquals(second, map.hash(key));
  }

  @Test
  @DisplayName("The text, the streams and the copies of the views are those of any map")
  void views() {
    IncrementalHashMap<String, @Nullable Integer> map = new IncrementalHashMap<>();
    assertEquals("{}", map.toString());
    map.put("a", null);
    assertEquals("{a=null}", map.toString());
    map.remove("a");
    IntStream.range(0, 1000).forEach(i -> map.put("k" + i, i));
    assertEquals(
        IntStream.range(0, 1000).boxed().collect(Collectors.toSet()),
        map.values().parallelStream().collect(Collectors.toSet()));
    assertEquals(1000, map.entrySet().stream().distinct().count());
    assertEquals(1000, map.keySet().toArray(new String[0]).length);
    Map.Entry<String, @Nullable Integer> entry =
        map.entrySet().stream().filter(e -> e.getKey().equals("k500")).findAny().orElseThrow();
    assertEquals("k500=500", entry.toString());
    entry.setValue(-1);
    assertEquals(-1, map.get(entry.getKey()));
    map.remove(entry.getKey());
    entry.setValue(-2);
    assertFalse(map.containsKey(entry.getKey()), "setValue does not add");
    map.replaceAll((key, value) -> value == null ? 0 : value + 1);
    assertTrue(map.containsValue(1000));
    map.values().removeIf(value -> value != null && value > 10);
    assertEquals(10, map.size(), map::toString);
  }
}
