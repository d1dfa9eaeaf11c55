package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of pools, on each kind of thread. Objects are held by the test, so that a collection
/// at the wrong moment changes who keeps them, but not what they are.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class PoolTest extends ThreadsContract {

  /// An object of its own identity.
  private record Thing(Object identity) {
    Thing() {
      this(new Object());
    }
  }

  @Test
  @DisplayName("POOL-1: an empty pool makes one, or has none; null is ignored")
  void empty() throws Exception {
    Pool<Thing> none = new Pool<>();
    Thing made = new Thing();
    Pool<Thing> maker = Pool.of(() -> made);
    threads
        .start(
            () -> {
              assertNull(none.get());
              none.put(null);
              assertNull(none.get());
              assertSame(made, maker.get());
            })
        .get();
  }

  @Test
  @DisplayName("POOL-6: what was put comes back, once each, wherever it was put")
  void once() throws Exception {
    Pool<Thing> pool = new Pool<>();
    Set<Thing> put = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Thing thing = new Thing();
      put.add(thing);
      threads.start(() -> pool.put(thing)).get();
    }
    Set<Thing> got = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Thing next = threads.call(() -> orNothing(pool)).get();
      assertTrue(next.equals(NOTHING) || got.add(next), "twice");
    }
    assertEquals(NOTHING, orNothing(pool));
    // A collection or two meanwhile may have taken some; `everything` looks at one generation.
    assertTrue(put.containsAll(got));
  }

  @Test
  @DisplayName("POOL-6: of what was put, one after the other, nothing is missing")
  void everything() {
    PoolGeneration generation = new PoolGeneration(4);
    Set<Object> put = new HashSet<>();
    Set<Object> got = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      put.add(i);
      generation.put(i % 7, i);
    }
    for (int i = 0; i < 1_000; i++) {
      assertTrue(got.add(Objects.requireNonNull(generation.take(i % 5))));
    }
    assertEquals(put, got);
  }

  private static final Thing NOTHING = new Thing();

  private static Thing orNothing(Pool<Thing> pool) {
    Thing got = pool.get();
    return got == null ? NOTHING : got;
  }

  @Test
  @DisplayName("POOL-6: what the supplier makes is not kept")
  void made() {
    AtomicInteger count = new AtomicInteger();
    Pool<Integer> pool = Pool.of(count::incrementAndGet);
    assertEquals(1, pool.get());
    assertEquals(2, pool.get());
  }

  @Test
  @DisplayName("POOL-9: what was written before put is visible after get")
  void visible() throws Exception {
    Pool<long[]> pool = new Pool<>();
    AtomicBoolean over = new AtomicBoolean();
    Task<Integer> getter = threads.call(() -> getUntil(over, pool));
    threads
        .start(
            () -> {
              for (int round = 1; round <= Scale.times(10_000); round++) {
                pool.put(new long[] {round, -round});
                Thread.yield();
              }
            })
        .get();
    over.set(true);
    assertTrue(getter.get() > 0, "all of them were lost");
  }

  /// How many came out of the pool, each as it was put in.
  private static int getUntil(AtomicBoolean over, Pool<long[]> pool) {
    int count = 0;
    while (true) {
      boolean last = over.get();
      long[] thing = pool.get();
      if (thing != null) {
        assertTrue(thing[0] > 0 && thing[0] == -thing[1], () -> Arrays.toString(thing));
        count++;
      } else if (last) {
        return count;
      } else {
        Thread.yield();
      }
    }
  }

  @Test
  @DisplayName("The supplier's exception goes to the caller, and harms nothing")
  void supplierThrows() {
    Pool<Thing> pool =
        Pool.of(
            () -> {
              throw new IllegalStateException("on purpose");
            });
    assertThrows(IllegalStateException.class, pool::get);
    Thing thing = new Thing();
    pool.put(thing);
    assertSame(thing, pool.get());
  }

  @Test
  @DisplayName("Null is refused as a supplier")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    assertThrows(NullPointerException.class, () -> Pool.of(null));
  }

  // ---- Collections ----

  /// Returns after a collection that has cleared weak references.
  private static void collect() throws InterruptedException {
    WeakReference<Object> gone = new WeakReference<>(new Object());
    Await.until(
        () -> {
          System.gc();
          return gone.refersTo(null);
        },
        "a collection");
  }

  @Test
  @DisplayName("POOL-5: an object survives one collection")
  void survivesOne() throws Exception {
    Pool<Thing> pool = new Pool<>();
    Thing thing = new Thing();
    pool.put(thing);
    collect();
    Thing other = new Thing();
    pool.put(other);
    List<@Nullable Thing> got = new ArrayList<>();
    got.add(pool.get());
    got.add(pool.get());
    assertTrue(got.contains(thing), "from before the collection");
    assertTrue(got.contains(other), "from after it");
  }

  @Test
  @DisplayName("POOL-5: an object that nobody has got is gone after two collections")
  void goneAfterTwo() throws Exception {
    Pool<Thing> pool = new Pool<>();
    WeakReference<Thing> weak = putNew(pool);
    for (int i = 0; i < 2; i++) {
      collect();
      Thing touch = new Thing();
      pool.put(touch); // the pool notices the collection
      assertSame(touch, pool.get());
    }
    Await.until(
        () -> {
          System.gc();
          return weak.refersTo(null);
        },
        "the object is collected");
    assertNull(pool.get());
  }

  private static WeakReference<Thing> putNew(Pool<Thing> pool) {
    Thing thing = new Thing();
    pool.put(thing);
    return new WeakReference<>(thing);
  }

  // ---- One shard, one generation: no collection interferes ----

  @Test
  @DisplayName("POOL-2, POOL-4: the slot first, then the newest of the deque")
  void order() {
    PoolGeneration one = new PoolGeneration(1);
    for (String value : List.of("a", "b", "c")) {
      one.put(0, value);
    }
    assertEquals("a", one.take(0));
    assertEquals("c", one.take(0));
    assertEquals("b", one.take(0));
    assertNull(one.take(0));
  }

  @Test
  @DisplayName("POOL-3: of other processors the oldest, beginning with the next one; slots at last")
  void stealing() {
    PoolGeneration three = new PoolGeneration(4);
    for (int processor = 0; processor < 3; processor++) {
      for (String value : List.of("slot", "old", "new")) {
        three.put(processor, value + processor);
      }
    }
    List<@Nullable Object> got = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      got.add(three.take(1));
    }
    List<@Nullable Object> expected =
        new ArrayList<>(
            List.of("slot1", "new1", "old1", "old2", "new2", "old0", "new0", "slot2", "slot0"));
    expected.add(null);
    assertEquals(expected, got);
  }

  @Test
  @DisplayName("POOL-7: the deque grows, in whatever state it is")
  void grows() {
    for (int taken = 0; taken < 8; taken++) {
      PoolShard shard = new PoolShard();
      for (int i = 0; i < taken; i++) {
        assertTrue(shard.push("gone"));
        assertEquals("gone", shard.pollOldest());
      }
      for (int i = 0; i < 1_000; i++) {
        assertTrue(shard.push(i));
      }
      for (int i = 0; i < 500; i++) {
        assertEquals(i, shard.pollOldest());
        assertEquals(999 - i, shard.popNewest());
      }
      assertNull(shard.popNewest());
      assertNull(shard.pollOldest());
    }
  }

  @Test
  @DisplayName("A victim that was found empty is not searched again")
  void drained() {
    PoolGeneration victim = new PoolGeneration(2);
    victim.put(0, "a");
    assertEquals("a", victim.takeFromVictim(1));
    assertNull(victim.takeFromVictim(1));
    victim.put(0, "late");
    assertNull(victim.takeFromVictim(1));
  }

  @Test
  @DisplayName("Two pools share nothing")
  void separate() {
    Pool<Thing> first = new Pool<>();
    Pool<Thing> second = new Pool<>();
    first.put(new Thing());
    assertNull(second.get());
    assertNotSame(first, second);
    assertTrue(first.toString().startsWith("Pool@"));
  }
}
