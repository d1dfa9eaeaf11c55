package dev.weft.scheduler;

import static dev.weft.scheduler.QueueTesting.id;
import static dev.weft.scheduler.QueueTesting.newGlobal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.scheduler.QueueTesting.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two rings and a global queue against plain deques, with the rules written down a second time.
class RunQueueModelTest {
  private static final int STEPS = 20_000;

  @ParameterizedTest
  @MethodSource("dev.weft.scheduler.QueueTesting#seeds")
  @DisplayName("SCH-3, 5, 9, 14, 31: random operations agree with a model of deques")
  void model(int seed) {
    Run run = new Run(new Random(seed));
    for (int i = 0; i < STEPS; i++) {
      run.step();
    }
    run.drainAll();
  }

  private static final class Run {
    final Random random;
    final LocalRunQueue[] rings = new LocalRunQueue[2];
    final List<Deque<Integer>> models = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    final GlobalRunQueue global = newGlobal();
    final Deque<Integer> globalModel = new ArrayDeque<>();
    int nextId;

    Run(Random random) {
      this.random = random;
      rings[0] = new LocalRunQueue(Integer.MAX_VALUE - random.nextInt(1000));
      rings[1] = new LocalRunQueue(-random.nextInt(1000));
    }

    void step() {
      int p = random.nextInt(2);
      int operation = random.nextInt(12);
      switch (operation) {
        case 0, 1, 2 -> put(p, 1 + random.nextInt(60));
        case 3 -> offer(p);
        case 4, 5 -> poll(p, 1 + random.nextInt(40));
        case 6 -> steal(p, 1 - p);
        case 7 -> addBatch(random.nextInt(700));
        case 8 -> handBack(p);
        case 9 -> pollFirst(1 + random.nextInt(200));
        case 10 -> pollBatch(p, 1 + random.nextInt(8));
        default -> {
          rings[p].forget();
          global.addLast(newTask(globalModel));
        }
      }
      for (int i = 0; i < 2; i++) {
        rings[i].checkInvariants();
        assertEquals(models.get(i).size(), rings[i].size());
        assertEquals(models.get(i).isEmpty(), rings[i].isEmpty());
      }
      assertEquals(globalModel.size(), global.size());
      if (operation == 8) {
        global.checkInvariants();
      }
    }

    void drainAll() {
      global.checkInvariants();
      poll(0, Integer.MAX_VALUE);
      poll(1, Integer.MAX_VALUE);
      pollFirst(Integer.MAX_VALUE);
      global.checkInvariants();
    }

    private Task newTask(Deque<Integer> model) {
      Task task = new Task(nextId++);
      model.addLast(task.id());
      return task;
    }

    private void put(int p, int times) {
      Deque<Integer> model = models.get(p);
      for (int i = 0; i < times; i++) {
        boolean full = model.size() == 256;
        rings[p].put(newTask(model), global);
        if (full) {
          Integer newest = model.removeLast();
          for (int k = 0; k < 128; k++) {
            globalModel.addLast(model.removeFirst());
          }
          globalModel.addLast(newest);
        }
      }
    }

    private void offer(int p) {
      Deque<Integer> model = models.get(p);
      boolean fits = model.size() < 256;
      assertEquals(fits, rings[p].offer(newTask(model)));
      if (!fits) {
        model.removeLast();
      }
    }

    private void poll(int p, int limit) {
      for (int i = 0; i < limit; i++) {
        Integer expected = models.get(p).pollFirst();
        same(expected, rings[p].poll());
        if (expected == null) {
          return;
        }
      }
    }

    private void steal(int thief, int victim) {
      Deque<Integer> from = models.get(victim);
      Deque<Integer> to = models.get(thief);
      int taken = Math.min((from.size() + 1) / 2, 256 - to.size() + 1);
      Integer runNow = null;
      for (int i = 0; i < taken; i++) {
        runNow = from.removeFirst();
        if (i < taken - 1) {
          to.addLast(runNow);
        }
      }
      same(runNow, rings[victim].stealInto(rings[thief]));
    }

    private void addBatch(int count) {
      Schedulable[] batch = new Schedulable[count];
      for (int i = 0; i < count; i++) {
        batch[i] = newTask(globalModel);
      }
      global.addLast(batch, count);
    }

    private void handBack(int p) {
      Schedulable[] batch = new Schedulable[300];
      int count = rings[p].drainTo(batch, 0);
      List<Integer> ids = new ArrayList<>(models.get(p));
      models.get(p).clear();
      assertEquals(ids.size(), count);
      Collections.reverse(ids);
      ids.forEach(globalModel::addFirst);
      global.addFirst(batch, count);
    }

    private void pollFirst(int limit) {
      for (int i = 0; i < limit; i++) {
        Integer expected = globalModel.pollFirst();
        same(expected, global.pollFirst());
        if (expected == null) {
          return;
        }
      }
    }

    private void pollBatch(int p, int procs) {
      Deque<Integer> to = models.get(p);
      int size = globalModel.size();
      int taken = Math.min(Math.min(size, size / procs + 1), Math.min(128, 256 - to.size() + 1));
      Integer expected = globalModel.pollFirst();
      for (int i = 1; i < taken; i++) {
        to.addLast(globalModel.removeFirst());
      }
      same(expected, global.pollBatch(procs, rings[p]));
    }

    private static void same(@Nullable Integer expected, @Nullable Schedulable actual) {
      assertEquals(expected, actual == null ? null : (Integer) id(actual));
    }
  }
}
