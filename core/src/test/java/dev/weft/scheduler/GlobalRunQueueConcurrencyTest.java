package dev.weft.scheduler;

import static dev.weft.scheduler.QueueTesting.id;
import static dev.weft.scheduler.QueueTesting.newGlobal;
import static dev.weft.scheduler.QueueTesting.runTogether;
import static dev.weft.scheduler.QueueTesting.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.QueueTesting.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The global queue under several producers and consumers.
class GlobalRunQueueConcurrencyTest {
  private static final int PRODUCERS = 2;
  private static final int CONSUMERS = 2;
  private static final int EACH = 20_000;

  private final AtomicIntegerArray runs = new AtomicIntegerArray(PRODUCERS * EACH);
  private final GlobalRunQueue queue = newGlobal();
  private final CountDownLatch producing = new CountDownLatch(PRODUCERS);

  @ParameterizedTest
  @MethodSource("dev.weft.scheduler.QueueTesting#seeds")
  @DisplayName("SCH-16: adds at both ends and takes, one by one and in batches, lose nothing")
  void exactlyOnce(int seed) throws Exception {
    Random seeds = new Random(seed);
    List<Callable<Void>> parties = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      Task[] mine = tasks(i * EACH, (i + 1) * EACH);
      Random choice = new Random(seeds.nextLong());
      parties.add(() -> produce(mine, choice, true));
    }
    for (int i = 0; i < CONSUMERS; i++) {
      Random choice = new Random(seeds.nextLong());
      parties.add(() -> consume(choice));
    }
    runTogether(parties);
    queue.checkInvariants();
    assertEquals(0, queue.size());
    for (int i = 0; i < runs.length(); i++) {
      assertEquals(1, runs.get(i), "runs of task " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.weft.scheduler.QueueTesting#seeds")
  @DisplayName("what one thread adds at the tail comes out in its order")
  void orderPerProducer(int seed) throws Exception {
    Random seeds = new Random(seed);
    List<Callable<Void>> parties = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      Task[] mine = tasks(i * EACH, (i + 1) * EACH);
      Random choice = new Random(seeds.nextLong());
      parties.add(() -> produce(mine, choice, false));
    }
    parties.add(
        () -> {
          int[] expected = {0, EACH};
          LocalRunQueue ring = new LocalRunQueue();
          boolean last;
          do {
            last = producing.getCount() == 0;
            Schedulable task = queue.pollBatch(3, ring);
            while (task != null) {
              assertEquals(expected[id(task) / EACH]++, id(task));
              task = ring.poll();
            }
          } while (!last || queue.size() > 0);
          assertTrue(Arrays.equals(new int[] {EACH, 2 * EACH}, expected));
          return null;
        });
    runTogether(parties);
    queue.checkInvariants();
  }

  private @Nullable Void produce(Task[] mine, Random choice, boolean alsoAtHead) {
    try {
      int at = 0;
      while (at < mine.length) {
        int count = Math.min(choice.nextInt(300), mine.length - at);
        Task[] batch = Arrays.copyOfRange(mine, at, at + count);
        at += count;
        switch (choice.nextInt(alsoAtHead ? 3 : 2)) {
          case 0 -> queue.addLast(batch, count);
          case 1 -> Arrays.stream(batch).forEach(queue::addLast);
          default -> queue.addFirst(batch, count);
        }
      }
      return null;
    } finally {
      producing.countDown();
    }
  }

  private @Nullable Void consume(Random choice) {
    LocalRunQueue ring = new LocalRunQueue(Integer.MAX_VALUE - choice.nextInt(1000));
    boolean last;
    do {
      last = producing.getCount() == 0;
      Schedulable task =
          choice.nextBoolean() ? queue.pollFirst() : queue.pollBatch(1 + choice.nextInt(3), ring);
      while (task != null) {
        runs.incrementAndGet(id(task));
        task = ring.poll();
      }
    } while (!last || queue.size() > 0);
    return null;
  }
}
