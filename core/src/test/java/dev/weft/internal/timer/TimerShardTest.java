package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimerShardTest {
  private final List<@Nullable TimerNode> failed = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final TimerShard shard = new TimerShard(this::note);

  private void note(@Nullable TimerNode node, Throwable thrown) {
    failed.add(node);
    failures.add(thrown);
  }

  @AfterEach
  void invariants() {
    shard.checkInvariants();
  }

  private TestNode add(long deadline) {
    TestNode node = new TestNode(deadline);
    shard.add(node);
    return node;
  }

  /// A node that does `action` when it fires.
  private static TestNode acting(long deadline, Runnable action) {
    return new TestNode(deadline) {
      @Override
      protected void fire(long now) {
        super.fire(now);
        action.run();
      }
    };
  }

  @Test
  @DisplayName("an empty shard wants nothing, fires nothing and has no deadline")
  void empty() {
    assertEquals(TimeSource.NEVER, shard.nextDeadline());
    assertFalse(shard.wantsService(TimeSource.NEVER - 1));
    assertEquals(0, shard.runDue(1_000));
    assertEquals(0, shard.runDue(TimeSource.NEVER));
    assertEquals(0, shard.pending());
  }

  @Test
  @DisplayName("TMR-2: a timer fires at its deadline or later, never before")
  void notEarly() {
    TestNode node = add(10);
    assertFalse(shard.wantsService(9));
    assertEquals(0, shard.runDue(9));
    assertEquals(1, shard.pending());
    assertTrue(shard.wantsService(10));
    assertEquals(1, shard.runDue(10));
    assertEquals(10, node.firedAt);
    assertEquals(0, shard.pending());
    assertEquals(TimeSource.NEVER, shard.nextDeadline());
  }

  @Test
  @DisplayName("TMR-19: one run fires in the order of the deadlines")
  void order() {
    List<Long> order = new ArrayList<>();
    for (long deadline : new long[] {30, 10, 50, 20, 40, 10}) {
      shard.add(acting(deadline, () -> order.add(deadline)));
    }
    assertEquals(5, shard.runDue(40));
    assertEquals(List.of(10L, 10L, 20L, 30L, 40L), order);
    assertEquals(50, shard.nextDeadline());
  }

  @Test
  @DisplayName("TMR-20: add tells the caller to wake a sleeper iff the node became the earliest")
  void addTells() {
    assertTrue(shard.add(new TestNode(50)));
    assertFalse(shard.add(new TestNode(50)));
    assertFalse(shard.add(new TestNode(60)));
    assertTrue(shard.add(new TestNode(40)));
    assertEquals(40, shard.nextDeadline());
    assertEquals(4, shard.pending());
  }

  @Test
  @DisplayName("the next deadline of a cancelled timer is early; service raises it")
  void earlyDeadline() {
    TestNode first = add(10);
    add(20);
    first.cancel();
    assertEquals(10, shard.nextDeadline());
    assertTrue(shard.wantsService(10));
    assertEquals(0, shard.runDue(10));
    assertEquals(20, shard.nextDeadline());
    assertFalse(shard.wantsService(10));
  }

  @Test
  @DisplayName("the next deadline is not raised to that of a cancelled timer")
  void cancelledInHeap() {
    add(10);
    TestNode second = add(20);
    add(30);
    shard.runDue(5); // all are in the heap
    second.cancel();
    assertEquals(1, shard.runDue(10));
    assertEquals(30, shard.nextDeadline());
  }

  @Test
  @DisplayName("one run fires a bounded batch; what is left stays due")
  void batch() {
    int count = 2 * TimerShard.BATCH + 10;
    for (int i = 0; i < count; i++) {
      add(5);
    }
    assertEquals(TimerShard.BATCH, shard.runDue(7));
    assertTrue(shard.wantsService(7));
    assertEquals(5, shard.nextDeadline());
    assertEquals(TimerShard.BATCH, shard.runDue(7));
    assertEquals(10, shard.runDue(7));
    assertFalse(shard.wantsService(7));
  }

  @Test
  @DisplayName("a timer that adds itself anew, already due, cannot hold the run")
  void selfRescheduling() {
    int[] rounds = {0};
    class Again extends TimerNode {
      Again() {
        super(5);
      }

      @Override
      protected void fire(long now) {
        rounds[0]++;
        shard.add(new Again());
      }
    }
    shard.add(new Again());
    int fired = shard.runDue(7);
    assertEquals(rounds[0], fired);
    assertTrue(fired >= 1 && fired <= TimerShard.BATCH, "fired " + fired);
    assertTrue(shard.wantsService(7));
    assertEquals(1, shard.pending());
  }

  @Test
  @DisplayName("what a firing timer adds or cancels takes effect in the same run")
  void addAndCancelWithinFire() {
    TestNode added = new TestNode(6);
    TestNode victim = new TestNode(7);
    shard.add(
        acting(
            5,
            () -> {
              assertTrue(victim.cancelAndCount());
              shard.add(added);
            }));
    shard.add(victim);
    assertEquals(2, shard.runDue(10));
    victim.checkDecidedOnce();
    added.checkDecidedOnce();
    assertTrue(victim.isCancelled());
    assertTrue(added.isFired());
  }

  @Test
  @DisplayName("a run from within fire does not wait and loses nothing")
  void runWithinFire() {
    TestNode later = new TestNode(30);
    shard.add(acting(5, () -> shard.runDue(40)));
    shard.add(later);
    shard.runDue(10);
    assertTrue(later.isFired());
    assertFalse(shard.wantsService(40));
  }

  @Test
  @DisplayName("a throw of fire goes to the handler and loses no other timer")
  void throwingFire() {
    IllegalStateException bang = new IllegalStateException("bang");
    List<TestNode> good = new ArrayList<>();
    List<TestNode> bad = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      if (i % 3 == 0) {
        TestNode thrower =
            acting(
                i,
                () -> {
                  throw bang;
                });
        shard.add(thrower);
        bad.add(thrower);
      } else {
        good.add(add(i));
      }
    }
    assertEquals(30, shard.runDue(100));
    good.forEach(TestNode::checkDecidedOnce);
    assertEquals(bad, failed);
    failures.forEach(failure -> assertSame(bang, failure));
  }

  @Test
  @DisplayName("a handler that throws ends the run; nothing is lost and all stays due")
  void throwingHandler() {
    IllegalStateException bang = new IllegalStateException("bang");
    IllegalArgumentException worse = new IllegalArgumentException("worse");
    TimerShard other =
        new TimerShard(
            (node, thrown) -> {
              throw worse;
            });
    TestNode before = new TestNode(1);
    TestNode thrower =
        acting(
            2,
            () -> {
              throw bang;
            });
    List<TestNode> after = new ArrayList<>();
    other.add(before);
    other.add(thrower);
    for (int i = 3; i < 10; i++) {
      TestNode node = new TestNode(i);
      other.add(node);
      after.add(node);
    }
    Throwable thrown = assertThrows(IllegalArgumentException.class, () -> other.runDue(20));
    assertSame(worse, thrown);
    assertSame(bang, thrown.getSuppressed()[0]);
    before.checkDecidedOnce();
    thrower.checkDecidedOnce();
    after.forEach(node -> assertEquals(0, node.fires.get()));
    other.checkInvariants();
    assertEquals(7, other.pending());
    assertTrue(other.wantsService(20));
    assertTrue(after.removeFirst().cancel());
    assertEquals(6, other.runDue(20));
    after.forEach(TestNode::checkDecidedOnce);
    other.checkInvariants();
  }

  @Test
  @DisplayName("TMR-1: deadlines at the end of time: never due, cancellable, not in the way")
  void overflow() {
    TestNode never = add(TimeSource.deadlineAfter(TimeSource.NEVER - 10, 100));
    TestNode almost = add(TimeSource.NEVER - 1);
    TestNode past = add(Long.MIN_VALUE);
    assertEquals(TimeSource.NEVER, never.deadline());
    assertEquals(0, shard.nextDeadline());
    assertEquals(1, shard.runDue(-1)); // an instant before the origin counts as the origin
    assertTrue(past.isFired());
    assertEquals(TimeSource.NEVER - 1, shard.nextDeadline());
    assertEquals(0, shard.runDue(TimeSource.NEVER - 2));
    assertEquals(1, shard.runDue(TimeSource.NEVER - 1));
    assertTrue(almost.isFired());
    assertEquals(TimeSource.NEVER, shard.nextDeadline());
    assertEquals(1, shard.pending());
    assertTrue(never.cancel());
    assertEquals(0, shard.pending());
  }

  @Test
  @DisplayName("a heap that cannot grow: reported, nothing lost, filed as soon as there is room")
  void shortage() {
    TimerShard small = new TimerShard(this::note, new TimerHeap(16));
    List<TestNode> nodes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      TestNode node = new TestNode(10 + i);
      small.add(node);
      nodes.add(node);
    }
    assertEquals(0, small.runDue(5));
    assertEquals(1, failures.size());
    assertNull(failed.getFirst());
    assertTrue(failures.getFirst() instanceof OutOfMemoryError);
    assertEquals(
        10, small.nextDeadline()); // not raised while it is not known what is in the backlog
    small.checkInvariants();
    nodes.get(39).cancelAndCount();
    nodes.get(20).cancelAndCount();
    for (int run = 0; run < 40 && small.wantsService(100); run++) {
      small.runDue(100);
      small.checkInvariants();
    }
    nodes.forEach(TestNode::checkDecidedOnce);
    assertEquals(0, small.pending());
    assertEquals(TimeSource.NEVER, small.nextDeadline());
  }
}
