package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.ThreadsContract;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A pool that many use at once, with collections in between: no object is ever in two hands.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class PoolStormTest extends ThreadsContract {
  private static final int THREADS = 4;

  /// Knows how many have it.
  private static final class Thing {
    final AtomicInteger holders = new AtomicInteger();
    int uses; // by its holder only
  }

  @Test
  @DisplayName(
      "POOL-6, POOL-9: each object has one holder at a time, who sees what the last one did")
  void oneHolder() throws Exception {
    AtomicLong made = new AtomicLong();
    AtomicLong wrong = new AtomicLong();
    AtomicLong uses = new AtomicLong();
    Pool<Thing> pool =
        Pool.of(
            () -> {
              made.incrementAndGet();
              return new Thing();
            });
    int rounds = Scale.times(20_000);
    for (int i = 0; i < THREADS; i++) {
      int own = i;
      threads.start(
          () -> {
            Thing[] held = new Thing[3];
            for (int round = 0; round < rounds; round++) {
              int place = round % held.length;
              if (held[place] != null) {
                giveBack(pool, held[place], wrong);
              }
              held[place] = Objects.requireNonNull(pool.get());
              take(held[place], wrong);
              uses.incrementAndGet();
              if (own == 0 && round % (rounds / 4) == 1) {
                System.gc();
              }
              if (round % 64 == 0) {
                Thread.yield();
              }
            }
          });
    }
    threads.join();
    assertEquals(0, wrong.get(), "in two hands, or an update lost");
    assertEquals((long) THREADS * rounds, uses.get());
    assertTrue(made.get() < uses.get() / 2, () -> made + " made for " + uses + " uses");
  }

  private static void take(Thing thing, AtomicLong wrong) {
    if (thing.holders.getAndIncrement() != 0) {
      wrong.incrementAndGet();
    }
    thing.uses++;
  }

  private static void giveBack(Pool<Thing> pool, Thing thing, AtomicLong wrong) {
    if (thing.holders.getAndDecrement() != 1 || thing.uses == 0) {
      wrong.incrementAndGet();
    }
    pool.put(thing);
  }
}
