package dev.weft.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.pool.MultiPool.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Pools of pools, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class MultiPoolTest extends PoolContract {
  private static final Duration LONG = Duration.ofHours(1);

  private MultiPool checked(MultiPool pool) {
    pool.pools().forEach(this::checked);
    return pool;
  }

  private static List<Integer> running(MultiPool pool) {
    return pool.pools().stream().map(WorkerPool::running).toList();
  }

  @Test
  @DisplayName("ANTS-25: one after the other, beginning with the first")
  void roundRobin() throws Exception {
    MultiPool pool = checked(builder(2).build(3, Strategy.ROUND_ROBIN));
    pool.submit(slow);
    assertEquals(List.of(1, 0, 0), running(pool));
    pool.submit(slow);
    assertTrue(pool.trySubmit(slow));
    pool.submit(slow);
    assertEquals(List.of(2, 1, 1), running(pool));
  }

  @Test
  @DisplayName("If one of the pools cannot be made, those made before are released")
  void incomplete() {
    WorkerPool first = pool(1);
    AtomicBoolean once = new AtomicBoolean();
    IllegalStateException failure = new IllegalStateException("no more");
    assertSame(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                MultiPool.of(
                    3,
                    Strategy.ROUND_ROBIN,
                    () -> {
                      if (once.getAndSet(true)) {
                        throw failure;
                      }
                      return first;
                    })));
    assertTrue(first.isClosed());
  }

  @Test
  @DisplayName("ANTS-25: where one is full, the one with the fewest workers is asked")
  void overload() throws Exception {
    MultiPool pool = checked(builder(2).nonblocking().build(2, Strategy.ROUND_ROBIN));
    pool.pools().getFirst().submit(slow);
    pool.pools().getFirst().submit(slow);
    pool.submit(slow); // the first is full
    pool.submit(slow);
    assertEquals(List.of(2, 2), running(pool));
    assertThrows(PoolOverloadException.class, () -> pool.submit(slow));
    assertFalse(pool.trySubmit(slow));
  }

  @Test
  @DisplayName("ANTS-25: the one with the fewest workers; of several the first")
  void leastTasks() throws Exception {
    MultiPool pool = checked(builder(5).build(3, Strategy.LEAST_TASKS));
    pool.pools().getFirst().submit(slow);
    pool.submit(slow);
    assertTrue(pool.trySubmit(slow));
    assertEquals(List.of(1, 1, 1), running(pool));
    pool.submit(slow);
    assertEquals(List.of(2, 1, 1), running(pool));
  }

  @Test
  @DisplayName("ANTS-26, ANTS-27: numbers are sums, and tune is for each")
  void sums() throws Exception {
    MultiPool pool = checked(builder(2).build(3, Strategy.ROUND_ROBIN));
    pool.submit(slow);
    assertEquals(List.of(6, 1, 5, 0), numbers(pool));
    pool.tune(4);
    assertEquals(List.of(12, 1, 11, 0), numbers(pool));
    MultiPool unlimited = checked(builder(0).build(3, Strategy.ROUND_ROBIN));
    assertEquals(List.of(-3, 0, -3, 0), numbers(unlimited));
    assertThrows(IndexOutOfBoundsException.class, () -> pool.pools().get(3));
  }

  private static List<Integer> numbers(MultiPool pool) {
    return List.of(pool.capacity(), pool.running(), pool.free(), pool.waiting());
  }

  @Test
  @DisplayName("ANTS-24, ANTS-29: bad sizes")
  void badSizes() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> MultiPool.of(0, 1, Strategy.LEAST_TASKS));
    assertTrue(("" + refused.getMessage()).startsWith("invalid size for multiple pool"));
    nullStrategy();
  }

  @SuppressWarnings("NullAway")
  private static void nullStrategy() {
    NullPointerException refused =
        assertThrows(NullPointerException.class, () -> MultiPool.of(1, 1, null));
    assertEquals("invalid load-balancing strategy", refused.getMessage());
  }

  @Test
  @DisplayName("ANTS-27, ANTS-28: all end together, and after a reboot the first one is the next")
  void life() throws Exception {
    MultiPool pool = checked(builder(1).keepIdle().build(2, Strategy.ROUND_ROBIN));
    pool.submit(slow);
    assertFalse(pool.release(Duration.ofMillis(1)));
    assertTrue(pool.isClosed());
    assertThrows(PoolClosedException.class, () -> pool.release(LONG));
    assertThrows(PoolClosedException.class, () -> pool.submit(quick));
    letGo();
    for (WorkerPool each : pool.pools()) {
      assertTrue(each.awaitTermination(LONG));
    }
    pool.reboot();
    pool.submit(quick);
    assertEquals(List.of(1, 0), running(pool));
    pool.submit(quick);
    awaitEnded(3);
    assertTrue(pool.release(LONG));
  }

  @Test
  @DisplayName("ANTS-26, ANTS-27: large numbers and times do not overflow")
  void extremes() throws Exception {
    MultiPool large = MultiPool.of(3, Integer.MAX_VALUE, MultiPool.Strategy.LEAST_TASKS);
    assertEquals(Integer.MAX_VALUE, large.capacity());
    assertEquals(Integer.MAX_VALUE, large.free());
    CountDownLatch mayEnd = new CountDownLatch(1);
    large.submit(mayEnd::await);
    assertFalse(large.release(Duration.ofSeconds(Long.MIN_VALUE)), "does not wait");
    mayEnd.countDown();
  }
}
