package dev.weft.scheduler;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.infra.results.II_Result;

/// Counts, when both actors are done, how often each of the tasks 0, 1, 2 ... has come out of the
/// queues. The result of such a test is "how many never, how many more than once".
final class Tally {
  /// The outcome of a test that ran each task once.
  static final String EXACTLY_ONCE = "0, 0";

  /// All other outcomes.
  static final String LOST_OR_TWICE = "(?!0, 0$).*";

  private static final Task[] TASKS = new Task[LocalRunQueue.SIZE + 1];

  static {
    for (int i = 0; i < TASKS.length; i++) {
      TASKS[i] = new Task(i);
    }
  }

  private final int[] times;

  Tally(int tasks) {
    times = new int[tasks];
  }

  /// Something to queue that knows its number.
  record Task(int id) implements Schedulable {
    @Override
    public void resume() {}
  }

  /// The task with number `id`, shared by all tests.
  static Task task(int id) {
    return TASKS[id];
  }

  Tally add(@Nullable Schedulable task) {
    if (task != null) {
      times[((Task) task).id()]++;
    }
    return this;
  }

  Tally addAll(LocalRunQueue ring) {
    for (int left = ring.size(); left > 0; left--) {
      add(ring.poll());
    }
    return this;
  }

  Tally addAll(GlobalRunQueue queue) {
    for (int left = queue.size(); left > 0; left--) {
      add(queue.pollFirst());
    }
    return this;
  }

  Tally addAll(BrokenRing ring) {
    for (int left = ring.size(); left > 0; left--) {
      add(ring.poll());
    }
    return this;
  }

  void report(II_Result r) {
    for (int count : times) {
      r.r1 += count == 0 ? 1 : 0;
      r.r2 += count > 1 ? 1 : 0;
    }
  }
}
