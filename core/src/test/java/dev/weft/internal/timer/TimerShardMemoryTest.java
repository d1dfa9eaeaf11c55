package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cancelled timers cost: the essay in Zombies.
class TimerShardMemoryTest {
  private static final long FAR = 1_000_000_000_000L;

  private final TimerShard shard =
      new TimerShard(
          (node, thrown) -> {
            throw new AssertionError(node + " failed", thrown);
          });

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 10_000})
  @DisplayName("a million timers cancelled long before they are due stay bounded by the hint alone")
  void cancelStorm(int live) {
    for (int i = 0; i < live; i++) {
      shard.add(new TestNode(FAR + i));
    }
    int bound = live + Math.max(Zombies.FLOOR, live / 4) + 2;
    int services = 0;
    for (int i = 0; i < 1_000_000; i++) {
      TestNode node = new TestNode(FAR + i % 1_000);
      shard.add(node);
      assertTrue(node.cancel());
      if (shard.wantsService(i)) { // as each dispatch does
        assertEquals(0, shard.runDue(i));
        services++;
      }
      assertTrue(shard.retained() <= bound, "retained " + shard.retained() + " after " + i);
    }
    assertTrue(services < 1_000_000 / (Zombies.FLOOR / 2), services + " services");
    assertEquals(live, shard.pending());
    shard.checkInvariants();
  }

  @Test
  @DisplayName("timers that are cancelled deep in the heap are swept out of it")
  void slidingWindow() {
    Deque<TestNode> window = new ArrayDeque<>();
    int width = 1_000;
    int most = 0;
    for (int i = 0; i < 200_000; i++) {
      TestNode node = new TestNode(2 * FAR - i); // the next to be cancelled is never at the top
      shard.add(node);
      window.add(node);
      if (window.size() > width) {
        assertTrue(window.removeFirst().cancel());
      }
      if (i % 10 == 0) {
        shard.runDue(i); // files everything: cancelled nodes are in the heap, not in the inbox
      } else if (shard.wantsService(i)) {
        shard.runDue(i);
      }
      most = Math.max(most, shard.retained());
    }
    assertTrue(most <= width * 2, "retained " + most);
    shard.checkInvariants();
  }

  @Test
  @DisplayName("if nobody dispatches, the next add asks for somebody to be woken, once")
  void addAsks() {
    shard.add(new TestNode(1_000));
    List<TestNode> doomed = new ArrayList<>();
    for (int i = 0; i <= Zombies.FLOOR; i++) {
      TestNode node = new TestNode(FAR);
      assertFalse(shard.add(node));
      doomed.add(node);
    }
    doomed.forEach(TimerNode::cancel);
    assertTrue(shard.wantsService(0));
    assertTrue(shard.add(new TestNode(FAR)));
    assertFalse(shard.add(new TestNode(FAR)));
    assertTrue(shard.wantsService(0));
    assertEquals(0, shard.runDue(0));
    assertFalse(shard.wantsService(0));
    assertEquals(3, shard.retained());
    assertEquals(1_000, shard.nextDeadline());
    shard.checkInvariants();
  }

  @Test
  @DisplayName("a limit that shrinks with the heap finds the cancelled nodes that are now too many")
  void shrinkingLimit() {
    int live = 8_000;
    for (int i = 0; i < live; i++) {
      shard.add(new TestNode(10));
    }
    List<TestNode> doomed = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      TestNode node = new TestNode(FAR);
      shard.add(node);
      doomed.add(node);
    }
    shard.runDue(0); // the limit is a quarter of 9,000 now
    doomed.forEach(TimerNode::cancel);
    assertFalse(shard.wantsService(0));
    for (int i = 0; i < 2 * live / TimerShard.BATCH && shard.wantsService(20); i++) {
      shard.runDue(20);
    }
    assertEquals(0, shard.pending());
    assertTrue(shard.retained() <= Zombies.FLOOR, "retained " + shard.retained());
    shard.checkInvariants();
  }

  @Test
  @Timeout(60)
  @DisplayName("neither a cancelled nor a fired node keeps what it referred to alive")
  void payloadIsCollectable() {
    WeakReference<Object> cancelled = addHolder(FAR, true);
    WeakReference<Object> fired = addHolder(5, false);
    assertEquals(1, shard.runDue(10));
    assertEquals(0, shard.pending());
    while (cancelled.get() != null || fired.get() != null) {
      System.gc();
    }
    assertNull(cancelled.get());
    shard.checkInvariants();
  }

  private WeakReference<Object> addHolder(long deadline, boolean cancel) {
    class Holder extends TimerNode {
      @Nullable Object payload = new Object();

      Holder() {
        super(deadline);
      }

      @Override
      protected void fire(long now) {}

      @Override
      protected void release() {
        payload = null;
      }
    }
    Holder holder = new Holder();
    WeakReference<Object> reference = new WeakReference<>(holder.payload);
    shard.add(holder);
    if (cancel) {
      assertTrue(holder.cancel());
    }
    return reference;
  }
}
