package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of SyncMap, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class SyncMapTest extends ThreadsContract {
  private final SyncMap<String, @Nullable Integer> map = new SyncMap<>();

  private static Loaded<@Nullable Integer> there(@Nullable Integer value) {
    return new Loaded<>(value, true);
  }

  private static Loaded<@Nullable Integer> absent() {
    return new Loaded<>(null, false);
  }

  @Test
  @DisplayName("SMAP-1, SMAP-2: load, store and delete; null is a value")
  void loadAndStore() {
    assertEquals(absent(), map.load("a"));
    map.store("a", 1);
    assertEquals(there(1), map.load("a"));
    map.store("a", null);
    assertEquals(there(null), map.load("a"));
    map.delete("a");
    map.delete("a");
    assertEquals(absent(), map.load("a"));
  }

  @Test
  @DisplayName("SMAP-1: keys are not null and no arrays")
  @SuppressWarnings("NullAway") // on purpose
  void badKeys() {
    SyncMap<Object, Integer> any = new SyncMap<>();
    assertThrows(NullPointerException.class, () -> any.store(null, 1));
    assertThrows(NullPointerException.class, () -> any.load(null));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> any.store(new int[1], 1));
    assertTrue(String.valueOf(thrown.getMessage()).contains("int[]"), thrown::toString);
    assertEquals(new Loaded<>(null, false), any.load("x"));
  }

  @Test
  @DisplayName("SMAP-3: loadOrStore stores only if the key is absent")
  void loadOrStore() {
    assertEquals(new Loaded<>(1, false), map.loadOrStore("a", 1));
    assertEquals(there(1), map.loadOrStore("a", 2));
    map.store("b", null);
    assertEquals(there(null), map.loadOrStore("b", 2));
  }

  @Test
  @DisplayName("SMAP-3: of several at the same time exactly one stores; all get its value")
  void race() throws Exception {
    for (int round = 0; round < Scale.times(50); round++) {
      CyclicBarrier start = new CyclicBarrier(3);
      String key = "key" + round;
      List<Task<Loaded<@Nullable Integer>>> tasks = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int own = i;
        tasks.add(
            threads.call(
                () -> {
                  start.await();
                  return map.loadOrStore(key, own);
                }));
      }
      int stored = 0;
      Set<@Nullable Integer> values = new HashSet<>();
      for (Task<Loaded<@Nullable Integer>> task : tasks) {
        stored += task.get().ok() ? 0 : 1;
        values.add(task.get().value());
      }
      assertEquals(1, stored);
      assertEquals(Set.of(map.load(key).value()), values);
    }
  }

  @Test
  @DisplayName("SMAP-4, SMAP-5: loadAndDelete and swap return what was there")
  void previous() {
    assertEquals(absent(), map.swap("a", 1));
    assertEquals(there(1), map.swap("a", null));
    assertEquals(there(null), map.loadAndDelete("a"));
    assertEquals(absent(), map.loadAndDelete("a"));
  }

  @Test
  @DisplayName("SMAP-5: compareAndSwap changes what is equal, and adds nothing")
  void compareAndSwap() {
    assertFalse(map.compareAndSwap("a", null, 1));
    assertEquals(absent(), map.load("a"));
    map.store("a", 1000);
    assertFalse(map.compareAndSwap("a", 999, 1));
    assertTrue(map.compareAndSwap("a", Integer.valueOf(1000), null));
    assertTrue(map.compareAndSwap("a", null, 2));
    assertEquals(there(2), map.load("a"));
  }

  @Test
  @DisplayName("SMAP-5: compareAndDelete removes what is equal; absent is not null")
  void compareAndDelete() {
    assertFalse(map.compareAndDelete("a", null));
    map.store("a", null);
    assertFalse(map.compareAndDelete("a", 1));
    assertTrue(map.compareAndDelete("a", null));
    assertEquals(absent(), map.load("a"));
  }

  @Test
  @DisplayName("SMAP-6: an array cannot be compared with")
  void arrays() {
    SyncMap<String, Object> any = new SyncMap<>();
    assertThrows(IllegalArgumentException.class, () -> any.compareAndSwap("a", new int[0], "new"));
    assertThrows(IllegalArgumentException.class, () -> any.compareAndDelete("a", new int[0]));
  }

  @Test
  @DisplayName("SMAP-7: clear removes everything")
  void clear() {
    map.store("a", 1);
    map.store("b", null);
    map.clear();
    assertEquals("{}", contents());
  }

  private String contents() {
    String text = map.toString();
    return text.substring(text.indexOf('{'));
  }

  @Test
  @DisplayName("SMAP-8: range comes to each key once, and stops on false")
  void range() {
    for (int i = 0; i < 100; i++) {
      map.store("k" + i, i);
    }
    Set<String> seen = new HashSet<>();
    map.range((key, value) -> seen.add(key) && key.equals("k" + value));
    assertEquals(100, seen.size());
    List<String> first = new ArrayList<>();
    map.range(
        (key, value) -> {
          first.add(key);
          return first.size() < 3;
        });
    assertEquals(3, first.size());
  }

  @Test
  @DisplayName("SMAP-8: the code of a range may call every method, range as well")
  void rangeChanges() {
    for (int i = 0; i < 50; i++) {
      map.store("k" + i, i);
    }
    List<String> seen = new ArrayList<>();
    map.range(
        (key, value) -> {
          seen.add(key);
          map.delete(key);
          map.range((inner, any) -> !inner.equals(key));
          return true;
        });
    assertEquals(50, new HashSet<>(seen).size());
    assertEquals(50, seen.size());
    assertEquals("{}", contents());
    map.store("last", 1);
    map.range(
        (key, value) -> {
          map.clear();
          return true;
        });
    assertEquals("{}", contents());
  }

  @Test
  @DisplayName("Operations in any order do what they do to a HashMap")
  void model() {
    Random random = new Random(42);
    Map<String, @Nullable Integer> model = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      String key = "k" + random.nextInt(20);
      Integer value = random.nextInt(4) == 0 ? null : random.nextInt(4);
      Integer expected = random.nextInt(4);
      Loaded<@Nullable Integer> before = new Loaded<>(model.get(key), model.containsKey(key));
      boolean equal = before.ok() && expected.equals(before.value());
      switch (random.nextInt(7)) {
        case 0 -> assertEquals(before, map.load(key));
        case 1 -> {
          map.store(key, value);
          model.put(key, value);
        }
        case 2 -> {
          assertEquals(
              before.ok() ? before : new Loaded<>(value, false), map.loadOrStore(key, value));
          if (!before.ok()) {
            model.put(key, value);
          }
        }
        case 3 -> {
          assertEquals(before, map.loadAndDelete(key));
          model.remove(key);
        }
        case 4 -> {
          assertEquals(before, map.swap(key, value));
          model.put(key, value);
        }
        case 5 -> {
          assertEquals(equal, map.compareAndSwap(key, expected, value));
          if (equal) {
            model.put(key, value);
          }
        }
        default -> {
          assertEquals(equal, map.compareAndDelete(key, expected));
          if (equal) {
            model.remove(key);
          }
        }
      }
    }
    Map<String, @Nullable Integer> left = new HashMap<>();
    map.range(
        (key, value) -> {
          left.put(key, value);
          return true;
        });
    assertEquals(model, left);
  }
}
