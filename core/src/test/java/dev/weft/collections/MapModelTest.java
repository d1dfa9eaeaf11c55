package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random operations against `HashMap`, with keys of good and of bad hash codes.
class MapModelTest {

  @ParameterizedTest
  @EnumSource
  @DisplayName("MAP-2, MAP-9: any sequence of operations does what HashMap does")
  void operations(KeyKind keys) {
    for (int seed = 0; seed < Scale.times(20); seed++) {
      Random random = new Random(seed);
      IncrementalHashMap<@Nullable Object, @Nullable Integer> map =
          new IncrementalHashMap<>(random.nextInt(40) - 5);
      Map<@Nullable Object, @Nullable Integer> model = new HashMap<>();
      int range = 1 << (2 + random.nextInt(9));
      int removals = 1 + random.nextInt(6);
      for (int step = 0; step < 3_000; step++) {
        operate(map, model, keys.key(random.nextInt(range)), random, removals);
        assertEquals(model.size(), map.size());
        if (step % 100 == 0) {
          check(map, model);
        }
      }
      check(map, model);
    }
  }

  private static void operate(
      IncrementalHashMap<@Nullable Object, @Nullable Integer> map,
      Map<@Nullable Object, @Nullable Integer> model,
      @Nullable Object key,
      Random random,
      int removals) {
    Integer value = random.nextInt(8) == 0 ? null : random.nextInt(1000);
    int what = random.nextInt(16 + removals);
    switch (what) {
      case 0 -> assertEquals(model.get(key), map.get(key));
      case 1 -> assertEquals(model.containsKey(key), map.containsKey(key));
      case 2 -> assertEquals(model.getOrDefault(key, -1), map.getOrDefault(key, -1));
      case 3 -> assertEquals(model.putIfAbsent(key, value), map.putIfAbsent(key, value));
      case 4 -> assertEquals(model.replace(key, value), map.replace(key, value));
      case 5 -> {
        Integer before = random.nextBoolean() ? model.get(key) : value;
        assertEquals(model.replace(key, before, value), map.replace(key, before, value));
      }
      case 6 -> {
        Integer before = random.nextBoolean() ? model.get(key) : value;
        assertEquals(model.remove(key, before), map.remove(key, before));
      }
      case 7 ->
          assertEquals(
              model.computeIfAbsent(key, k -> value), map.computeIfAbsent(key, k -> value));
      case 8 ->
          assertEquals(
              model.computeIfPresent(key, (k, v) -> value),
              map.computeIfPresent(key, (k, v) -> value));
      case 9 ->
          assertEquals(
              model.compute(key, (k, v) -> v == null ? value : null),
              map.compute(key, (k, v) -> v == null ? value : null));
      case 10 ->
          assertEquals(
              model.merge(key, 1, (a, b) -> a % 7 == 0 ? null : a + b),
              map.merge(key, 1, (a, b) -> a % 7 == 0 ? null : a + b));
      case 11 -> {
        if (random.nextInt(400) == 0) {
          model.clear();
          map.clear();
        }
      }
      case 12 -> {
        if (random.nextInt(100) == 0) {
          map.trim();
        }
      }
      case 13, 14, 15 -> assertEquals(model.put(key, value), map.put(key, value));
      default -> assertEquals(model.remove(key), map.remove(key));
    }
  }

  private static void check(
      IncrementalHashMap<@Nullable Object, @Nullable Integer> map,
      Map<@Nullable Object, @Nullable Integer> model) {
    map.checkInvariants();
    assertEquals(model, map);
    assertEquals(model.hashCode(), map.hashCode());
    Map<@Nullable Object, @Nullable Integer> copy = new HashMap<>();
    map.forEach(
        (key, value) -> {
          assertTrue(!copy.containsKey(key), "twice");
          copy.put(key, value);
        });
    assertEquals(model, copy);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "MAP-6, MAP-7, MAP-36, MAP-37: what is changed during a walk, growth and trimming included")
  void walks(KeyKind keys) {
    for (int seed = 0; seed < Scale.times(60); seed++) {
      Random random = new Random(seed);
      IncrementalHashMap<@Nullable Object, @Nullable Integer> map = new IncrementalHashMap<>();
      Map<@Nullable Object, @Nullable Integer> model = new HashMap<>();
      int range = 1 << (3 + random.nextInt(9));
      int first = random.nextInt(range);
      for (int i = 0; i < first; i++) {
        Object key = keys.key(random.nextInt(range));
        map.put(key, i);
        model.put(key, i);
      }
      walk(map, model, keys, random, range);
      map.checkInvariants();
      assertEquals(model, map);
    }
  }

  /// The set condition of MAP-6, checked at every entry that is produced and at the end.
  private static void walk(
      IncrementalHashMap<@Nullable Object, @Nullable Integer> map,
      Map<@Nullable Object, @Nullable Integer> model,
      KeyKind keys,
      Random random,
      int range) {
    Set<@Nullable Object> mustCome = new HashSet<>(model.keySet());
    Set<@Nullable Object> produced = new HashSet<>();
    // A key that has been removed and added again is a new entry, which may come once more.
    Set<@Nullable Object> addedAgain = new HashSet<>();
    int grow = 1 + random.nextInt(40);
    int remove = random.nextInt(8);
    boolean trims = random.nextInt(4) == 0;
    int most = 4 * range;
    Iterator<Map.Entry<@Nullable Object, @Nullable Integer>> walk = map.entrySet().iterator();
    while (walk.hasNext()) {
      Map.Entry<@Nullable Object, @Nullable Integer> entry = walk.next();
      Object key = entry.getKey();
      assertTrue(model.containsKey(key), () -> "removed: " + key);
      assertEquals(model.get(key), entry.getValue(), "not the latest value");
      assertTrue(produced.add(key) || addedAgain.contains(key), () -> "twice: " + key);
      addedAgain.remove(key);
      mustCome.remove(key);
      for (int i = random.nextInt(grow); i > 0 && model.size() < most; i--) {
        Object added = keys.key(random.nextInt(most));
        if (!model.containsKey(added)) {
          addedAgain.add(added);
        }
        Integer value = random.nextInt();
        map.put(added, value);
        model.put(added, value);
      }
      for (int i = remove == 0 ? 0 : random.nextInt(remove); i > 0; i--) {
        Object removed = keys.key(random.nextInt(range));
        map.remove(removed);
        model.remove(removed);
        mustCome.remove(removed);
      }
      switch (random.nextInt(20)) {
        case 0 -> {
          walk.remove();
          model.remove(key);
        }
        case 1 -> {
          boolean there = model.containsKey(key);
          entry.setValue(-5);
          if (there) {
            model.put(key, -5);
          }
        }
        case 2 -> {
          if (trims) {
            map.trim();
          }
        }
        default -> {}
      }
      if (random.nextInt(2000) == 0) {
        map.clear();
        model.clear();
        mustCome.clear();
      }
    }
    assertEquals(Set.of(), mustCome, "not produced");
    assertEquals(model.size(), map.size());
  }
}
