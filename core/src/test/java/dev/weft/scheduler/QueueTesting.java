package dev.weft.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the tests of the run queues share.
final class QueueTesting {
  private QueueTesting() {}

  /// The seeds of a test with threads or random choices: three, or as many as `weft.test.repeat`
  /// says.
  static IntStream seeds() {
    return IntStream.range(0, Integer.getInteger("weft.test.repeat", 3));
  }

  /// A task that is only counted, never resumed.
  record Task(int id) implements Schedulable {
    @Override
    public void resume() {
      throw new AssertionError("a queue resumed task " + id);
    }
  }

  /// New tasks with ids from `from` to `to - 1`.
  static Task[] tasks(int from, int to) {
    Task[] tasks = new Task[to - from];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = new Task(from + i);
    }
    return tasks;
  }

  static int id(@Nullable Schedulable task) {
    if (task == null) {
      throw new AssertionError("null where a task was expected");
    }
    return ((Task) task).id();
  }

  /// Empties a ring, as its owner, into a list of ids.
  static List<Integer> drain(LocalRunQueue ring) {
    List<Integer> ids = new ArrayList<>();
    for (Schedulable task = ring.poll(); task != null; task = ring.poll()) {
      ids.add(id(task));
    }
    ring.checkInvariants();
    return ids;
  }

  /// Empties a global queue into a list of ids.
  static List<Integer> drain(GlobalRunQueue queue) {
    List<Integer> ids = new ArrayList<>();
    for (Schedulable task = queue.pollFirst(); task != null; task = queue.pollFirst()) {
      ids.add(id(task));
    }
    queue.checkInvariants();
    return ids;
  }

  static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().collect(Collectors.toCollection(ArrayList::new));
  }

  static GlobalRunQueue newGlobal() {
    return new GlobalRunQueue(Thread::yield);
  }

  /// Runs all of `parties` at once, each on a thread of its own, and throws what one of them threw.
  static void runTogether(List<Callable<Void>> parties) throws Exception {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      List<Future<Void>> results = threads.invokeAll(parties);
      for (Future<Void> result : results) {
        result.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a party failed", e.getCause());
    }
  }
}
