package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One thread, seeded: the shard against a priority queue that does everything at once.
class TimerShardModelTest {
  private final PriorityQueue<TestNode> model =
      new PriorityQueue<>(Comparator.comparingLong(TestNode::deadline));
  private final List<TestNode> all = new ArrayList<>();
  private final TimerShard shard =
      new TimerShard(
          (node, thrown) -> {
            throw new AssertionError(node + " threw", thrown);
          });

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  @DisplayName("TMR-2, 4, 19: any sequence of add, cancel and run agrees with the model")
  void anySequence(long seed) {
    Random random = new Random(seed);
    int addShare = random.nextInt(20, 60);
    int cancelShare = random.nextInt(10, 40);
    long now = 0;
    for (int step = 0; step < 10_000; step++) {
      int dice = random.nextInt(100);
      if (dice < addShare) {
        add(now + random.nextInt(-5, 1 << random.nextInt(3, 12)));
      } else if (dice < addShare + cancelShare) {
        cancelSome(random);
      } else {
        now += random.nextInt(30);
        run(now);
      }
      checkStep(now);
    }
    run(TimeSource.NEVER);
    checkStep(now);
    assertEquals(0, shard.pending());
    all.forEach(TestNode::checkDecidedOnce);
  }

  private void add(long deadline) {
    TestNode node = new TestNode(deadline);
    long before = shard.nextDeadline();
    assertEquals(node.deadline() < before, shard.add(node) && shard.nextDeadline() < before);
    model.add(node);
    all.add(node);
  }

  private void cancelSome(Random random) {
    if (!all.isEmpty()) {
      TestNode node = all.get(random.nextInt(all.size()));
      assertEquals(model.remove(node), node.cancelAndCount());
    }
  }

  private void run(long now) {
    int fired;
    do {
      fired = shard.runDue(now);
      for (int i = 0; i < fired; i++) {
        TestNode expected = model.poll();
        assertTrue(expected != null && expected.deadline() <= now, "fired too many: " + expected);
      }
    } while (fired == TimerShard.BATCH);
    assertTrue(model.isEmpty() || model.peek().deadline() > now, "left over: " + model.peek());
    for (TestNode node : model) {
      assertEquals(0, node.fires.get());
    }
  }

  private void checkStep(long now) {
    shard.checkInvariants();
    assertEquals(model.size(), shard.pending());
    long earliest = model.isEmpty() ? TimeSource.NEVER : model.peek().deadline();
    assertTrue(shard.nextDeadline() <= earliest, "late: " + shard.nextDeadline() + " " + earliest);
    assertTrue(!shard.wantsService(now) || earliest <= now || shard.retained() > shard.pending());
  }
}
