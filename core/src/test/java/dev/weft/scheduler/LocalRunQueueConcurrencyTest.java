package dev.weft.scheduler;

import static dev.weft.scheduler.QueueTesting.id;
import static dev.weft.scheduler.QueueTesting.newGlobal;
import static dev.weft.scheduler.QueueTesting.runTogether;
import static dev.weft.scheduler.QueueTesting.tasks;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weft.scheduler.QueueTesting.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rings, runnext and the global queue under an owner that puts and several thieves.
class LocalRunQueueConcurrencyTest {
  private static final int TASKS = 20_000;
  private static final int THIEVES = 3;

  @ParameterizedTest
  @MethodSource("dev.weft.scheduler.QueueTesting#seeds")
  @DisplayName("SCH-16: put, poll, spill and steal run each task exactly once")
  void exactlyOnce(int seed) throws Exception {
    new Crew(seed).run();
  }

  @ParameterizedTest
  @MethodSource("dev.weft.scheduler.QueueTesting#seeds")
  @DisplayName("SCH-20: ring and runnext never look empty while one task is always there")
  void emptinessIsNeverSeenInBetween(int seed) throws Exception {
    LocalRunQueue ring = new LocalRunQueue(Integer.MAX_VALUE - 1000 * seed);
    RunNext next = new RunNext();
    next.put(new Task(0));
    CountDownLatch observing = new CountDownLatch(1);
    CountDownLatch moved = new CountDownLatch(1);
    Callable<Void> mover =
        () -> {
          try {
            observing.await();
            moveAbout(ring, next);
            return null;
          } finally {
            moved.countDown();
          }
        };
    Callable<Void> observer =
        () -> {
          observing.countDown();
          do {
            for (int i = 0; i < 100; i++) {
              assertFalse(ring.isEmpty(next), "looked empty, but is never empty");
            }
          } while (moved.getCount() > 0);
          return null;
        };
    runTogether(List.of(mover, observer));
    ring.checkInvariants();
  }

  /// Keeps one or two tasks in `ring` and `next`, and at least one of them visible at any moment.
  private static void moveAbout(LocalRunQueue ring, RunNext next) {
    Schedulable other = new Task(1);
    for (int i = 0; i < 50_000; i++) {
      Schedulable kicked = requireNonNull(next.put(other)); // next: other
      ring.offer(kicked); // ring: kicked, next: other
      next.take(); // ring: kicked
      next.put(other); // ring: kicked, next: other
      other = requireNonNull(ring.poll()); // next: other
    }
  }

  /// One owner and its thieves. An owner that ends leaves nothing in hand; a thief ends with an
  /// empty ring and empty hands; so what nobody ran by then must still be in the owner's queues.
  private static final class Crew {
    final Random seeds;
    final AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);
    final GlobalRunQueue global = newGlobal();
    final RunNext next = new RunNext();
    final List<LocalRunQueue> rings = new ArrayList<>(); // the owner's is the first
    final CountDownLatch start = new CountDownLatch(1 + THIEVES);
    final CountDownLatch allPut = new CountDownLatch(1);

    Crew(int seed) {
      seeds = new Random(seed);
      for (int i = 0; i <= THIEVES; i++) {
        rings.add(new LocalRunQueue(Integer.MAX_VALUE - seeds.nextInt(2 * TASKS)));
      }
    }

    void run() throws Exception {
      List<Callable<Void>> parties = new ArrayList<>();
      Random ownersChoice = new Random(seeds.nextLong());
      parties.add(() -> own(ownersChoice));
      for (int i = 1; i <= THIEVES; i++) {
        LocalRunQueue ring = rings.get(i);
        Random choice = new Random(seeds.nextLong());
        parties.add(() -> thieve(ring, choice));
      }
      runTogether(parties);
      for (LocalRunQueue ring : rings) {
        ring.checkInvariants();
        global.checkInvariants();
        runAll(ring);
      }
      ran(next.take());
      for (Schedulable task = global.pollFirst(); task != null; task = global.pollFirst()) {
        ran(task);
      }
      global.checkInvariants();
      for (int i = 0; i < TASKS; i++) {
        assertEquals(1, runs.get(i), "runs of task " + i);
      }
    }

    private @Nullable Void own(Random choice) throws InterruptedException {
      start.countDown();
      start.await();
      try {
        ownQueues(choice, rings.getFirst());
      } finally {
        allPut.countDown();
      }
      return null;
    }

    private void ownQueues(Random choice, LocalRunQueue ring) {
      Schedulable[] batch = new Schedulable[LocalRunQueue.SIZE];
      Task[] tasks = tasks(0, TASKS);
      int put = 0;
      while (put < TASKS) {
        int burst = choice.nextInt(16) == 0 ? 400 : choice.nextInt(4);
        for (int i = 0; i < burst && put < TASKS; i++) {
          ready(tasks[put++], ring, choice.nextBoolean());
        }
        for (int i = choice.nextInt(6); i > 0; i--) {
          Schedulable task = next.take();
          ran(task != null ? task : ring.poll());
        }
        if (choice.nextInt(64) == 0) {
          global.addFirst(batch, ring.drainTo(batch, 0));
          ring.forget();
        }
      }
    }

    private void ready(Task task, LocalRunQueue ring, boolean soon) {
      Schedulable queued = soon ? next.put(task) : task;
      if (queued != null) {
        ring.put(queued, global);
      }
    }

    private @Nullable Void thieve(LocalRunQueue mine, Random choice) throws InterruptedException {
      start.countDown();
      start.await();
      boolean last;
      do {
        last = allPut.getCount() == 0;
        LocalRunQueue victim = rings.get(choice.nextInt(rings.size()));
        if (victim != mine) {
          ran(victim.stealInto(mine));
        }
        if (choice.nextInt(8) == 0) {
          ran(global.pollBatch(THIEVES, mine));
        }
        Schedulable lingering = next.peek();
        if (lingering != null && choice.nextInt(4) == 0 && next.steal(lingering)) {
          ran(lingering);
        }
        for (int i = choice.nextInt(80); i > 0; i--) {
          ran(mine.poll());
        }
        mine.forget();
      } while (!last);
      runAll(mine);
      return null;
    }

    private void runAll(LocalRunQueue ring) {
      for (Schedulable task = ring.poll(); task != null; task = ring.poll()) {
        ran(task);
      }
      assertNull(ring.poll());
    }

    private void ran(@Nullable Schedulable task) {
      if (task != null) {
        runs.incrementAndGet(id(task));
      }
    }
  }
}
