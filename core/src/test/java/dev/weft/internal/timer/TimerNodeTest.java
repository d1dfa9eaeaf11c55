package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimerNodeTest {
  private final TimerShard shard = new TimerShard(TimerNodeTest::unexpected);

  private static void unexpected(@Nullable TimerNode node, Throwable thrown) {
    throw new AssertionError("unexpected failure of " + node, thrown);
  }

  @AfterEach
  void invariants() {
    shard.checkInvariants();
  }

  @Test
  @DisplayName("TMR-4: cancel is true once, for the call that prevented the firing")
  void cancelOnce() {
    TestNode node = new TestNode(10);
    shard.add(node);
    assertFalse(node.isCancelled());
    assertTrue(node.cancelAndCount());
    assertTrue(node.isCancelled());
    assertFalse(node.cancelAndCount());
    assertEquals(0, shard.runDue(10));
    assertFalse(node.isFired());
    node.checkDecidedOnce();
  }

  @Test
  @DisplayName("TMR-4: cancel after the firing is false and releases nothing")
  void cancelAfterFire() {
    TestNode node = new TestNode(10);
    shard.add(node);
    assertEquals(1, shard.runDue(15));
    assertTrue(node.isFired());
    assertEquals(15, node.firedAt);
    assertFalse(node.cancelAndCount());
    node.checkDecidedOnce();
  }

  @Test
  @DisplayName("a node cancelled before it is added never enters the shard")
  void cancelBeforeAdd() {
    TestNode node = new TestNode(10);
    assertTrue(node.cancelAndCount());
    assertFalse(shard.add(node));
    assertEquals(TimeSource.NEVER, shard.nextDeadline());
    assertEquals(0, shard.retained());
    assertEquals(0, shard.runDue(10));
    node.checkDecidedOnce();
  }

  @Test
  @DisplayName("a node cannot be added twice, nor after it fired")
  void addTwice() {
    TestNode node = new TestNode(10);
    shard.add(node);
    AssertionError twice = assertThrows(AssertionError.class, () -> shard.add(node));
    assertTrue(twice.toString().contains("added before"), twice.toString());
    assertEquals(1, shard.pending());
    assertEquals(1, shard.runDue(10));
    assertThrows(AssertionError.class, () -> shard.add(node));
    assertEquals(0, shard.runDue(10));
    node.checkDecidedOnce();
  }

  @Test
  @DisplayName("a node that cancels itself while it fires is told that it is too late")
  void cancelWithinFire() {
    boolean[] prevented = {true};
    TimerNode node =
        new TimerNode(10) {
          @Override
          protected void fire(long now) {
            prevented[0] = cancel();
          }
        };
    shard.add(node);
    assertEquals(1, shard.runDue(10));
    assertFalse(prevented[0]);
  }

  @Test
  @DisplayName("a throw of release reaches the caller of cancel, after the cancellation")
  void releaseThrows() {
    TimerNode node =
        new TimerNode(10) {
          @Override
          protected void fire(long now) {}

          @Override
          protected void release() {
            throw new IllegalStateException("release");
          }
        };
    shard.add(node);
    assertThrows(IllegalStateException.class, node::cancel);
    assertTrue(node.isCancelled());
    assertEquals(0, shard.runDue(10));
  }

  @Test
  @DisplayName("a negative deadline is as good as zero; toString tells deadline and state")
  void deadlines() {
    TestNode past = new TestNode(-5);
    assertEquals(0, past.deadline());
    assertEquals("timer for 0, new", past.toString());
    shard.add(past);
    assertEquals("timer for 0, scheduled", past.toString());
    assertEquals(1, shard.runDue(0));
    assertEquals("timer for 0, fired", past.toString());
    TestNode never = new TestNode(TimeSource.NEVER);
    never.cancel();
    assertEquals("timer for never, cancelled", never.toString());
  }
}
