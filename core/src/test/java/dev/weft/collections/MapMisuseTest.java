package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.FatalError;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Several threads at once, which a map is not for.
class MapMisuseTest {

  private final IncrementalHashMap<Object, Integer> map = new IncrementalHashMap<>();

  /// A key in whose comparison another thread comes in between.
  private record Meeting(int hash, Runnable between) {
    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      between.run();
      return false;
    }
  }

  private static void byAnother(Runnable code) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread = Thread.ofPlatform().unstarted(code);
    thread.setUncaughtExceptionHandler((t, thrown) -> failure.set(thrown));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }

  private static void fatal(String text, Runnable code) {
    String message = "" + assertThrows(FatalError.class, code::run).getMessage();
    assertTrue(message.startsWith(text + " on IncrementalHashMap@"), message);
  }

  @Test
  @DisplayName("MAP-8, MAP-39: while somebody writes, whoever comes is told")
  void whileWriting() {
    map.put(1, 1);
    Iterator<Object> walk = map.keySet().iterator();
    int seen = map.writing();
    map.begin(seen);
    fatal("concurrent map read and map write", () -> map.get(1));
    fatal("concurrent map read and map write", () -> assertTrue(map.containsKey(1)));
    fatal("concurrent map read and map write", map::stats);
    fatal("concurrent map iteration and map write", walk::next);
    fatal("concurrent map iteration and map write", () -> map.forEach((key, value) -> {}));
    for (Runnable write :
        List.<Runnable>of(
            () -> map.put(1, 2),
            () -> map.put(2, 2),
            () -> map.remove(1),
            map::clear,
            map::trim,
            () -> map.merge(1, 1, Integer::sum))) {
      fatal("concurrent map writes", write);
    }
    map.end(seen);
    assertEquals(1, map.get(1));
    assertEquals(1, walk.next());
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-8: a write between another one's search and its change is found")
  void betweenSearchAndChange() {
    map.put(new Meeting(1, () -> {}), 1);
    Meeting key = new Meeting(1, () -> byAnother(() -> map.put("other", 2)));
    fatal("concurrent map writes", () -> map.put(key, 3));
    assertEquals(2, map.get("other"));
    assertEquals(2, map.size());
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-8: who finds nothing because somebody has written meanwhile is told")
  void betweenSearchAndNothing() {
    map.put(new Meeting(1, () -> {}), 1);
    Meeting key = new Meeting(1, () -> byAnother(() -> map.put("other", 2)));
    fatal("concurrent map read and map write", () -> map.get(key));
    map.checkInvariants();
  }

  @Test
  @DisplayName("MAP-8: two writers who both got in: the one who ends last knows")
  void bothIn() {
    int seen = map.writing();
    map.begin(seen);
    map.end(seen);
    fatal("concurrent map writes", () -> map.end(seen));
    fatal("concurrent map writes", () -> map.put(1, 1));
    fatal("concurrent map writes", () -> map.remove(1));
    fatal("concurrent map read and map write", () -> map.get(1));
    fatal("concurrent map iteration and map write", () -> map.forEach((key, value) -> {}));
  }

  @Test
  @DisplayName("MAP-8: any number of threads may read, while growth is under way too")
  void readersOnly() throws Exception {
    int entries = 3500;
    for (int i = 0; i < entries; i++) {
      map.put(i, i);
    }
    assertTrue(map.isGrowing());
    int threads = 4;
    AtomicInteger good = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  start.await();
                  int found = 0;
                  for (int i = 0; i < entries; i++) {
                    found += map.getOrDefault(i, -1) == i && !map.containsKey(-1 - i) ? 1 : 0;
                  }
                  for (Integer value : map.values()) {
                    found += value.equals(map.get(value)) ? 1 : 0;
                  }
                  if (found == 2 * entries) {
                    good.incrementAndGet();
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                } finally {
                  ended.countDown();
                }
              });
    }
    start.countDown();
    ended.await();
    assertEquals(threads, good.get());
    assertTrue(map.isGrowing());
  }

  @Test
  @DisplayName("MAP-8: a storm of writers ends, by a FatalError or by luck, and never in a circle")
  void storm() throws Exception {
    int threads = 4;
    CountDownLatch ended = new CountDownLatch(threads);
    AtomicReference<@Nullable Throwable> other = new AtomicReference<>();
    for (int t = 0; t < threads; t++) {
      int first = t;
      Thread.ofPlatform()
          .start(
              () -> {
                try {
                  for (int i = 0; i < 200_000; i++) {
                    map.put(i * threads + first, i);
                    map.remove(i * threads + first - 50);
                  }
                } catch (FatalError told) {
                  // what this is about
                } catch (Throwable failure) {
                  other.compareAndSet(null, failure);
                } finally {
                  ended.countDown();
                }
              });
    }
    ended.await();
    assertNull(other.get());
  }

  @Test
  @DisplayName(
      "MAP-8: what goes wrong inside is a FatalError with its cause, what keys throw is not")
  void explained() {
    for (int i = 0; i < 100; i++) {
      map.put(i, i);
    }
    long[][] tags = map.tags;
    map.tags = new long[0][]; // as another thread might see it
    List<Runnable> uses =
        List.of(() -> map.get(1), () -> map.put(1, 2), () -> map.put(200, 2), () -> map.remove(1));
    for (Runnable use : uses) {
      FatalError told = assertThrows(FatalError.class, use::run);
      assertInstanceOf(IndexOutOfBoundsException.class, told.getCause());
    }
    map.tags = tags;
    map.checkInvariants();
    Meeting bad = new Meeting(1, () -> Objects.checkIndex(1, 0)); // thrown by no code of maps
    map.put(new Meeting(1, () -> {}), 1);
    assertThrows(IndexOutOfBoundsException.class, () -> map.get(bad));
    assertThrows(IndexOutOfBoundsException.class, () -> map.put(bad, 1));
    map.checkInvariants();
  }
}
