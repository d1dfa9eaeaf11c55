package dev.weft.pool;

import dev.weft.base.Body;
import dev.weft.internal.park.StackProbe;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// An executor in front of something that takes tasks. It knows which of them are its own, so it
/// can be shut down without what is behind it.
final class TaskExecutor extends AbstractExecutorService {

  /// Takes a task or throws; may wait.
  @FunctionalInterface
  interface Target {
    void submit(Body task) throws InterruptedException;
  }

  /*
   * State: how many tasks have been taken and not ended, and a bit for shutdown. Who finds the bit and
   * no tasks opens the latch. So a task either is counted before the shutdown, or refused.
   *
   * An interrupt of shutdownNow must not reach what its thread does after the task. So both the
   * interrupt and the end of a task are steps on the entry of the thread in a ConcurrentHashMap, which
   * come one after the other; and a worker clears its flag after each task.
   */
  private static final long SHUTDOWN = 1L << 62;

  private final Target target;
  private final AtomicLong state = new AtomicLong();
  private final CountDownLatch terminated = new CountDownLatch(1);
  private final ConcurrentHashMap<Thread, Runnable> running = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  TaskExecutor(Target target) {
    this.target = target;
  }

  @Override
  public void execute(Runnable task) {
    Objects.requireNonNull(task, "task");
    StackProbe.ensureNested(System.nanoTime()); // there must be room to leave
    enter();
    boolean taken = false;
    try {
      target.submit(() -> run(task));
      taken = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException(
          "the thread was interrupted before its task was taken; it is not run", e);
    } finally {
      if (!taken) {
        leave();
      }
    }
  }

  private void enter() {
    long seen;
    do {
      seen = state.get();
      if (seen >= SHUTDOWN) {
        throw new RejectedExecutionException(
            "the executor has been shut down; make another one of the same pool");
      }
    } while (!state.compareAndSet(seen, seen + 1));
  }

  private void leave() {
    if (state.decrementAndGet() == SHUTDOWN) {
      terminated.countDown();
    }
  }

  private void run(Runnable task) {
    Thread thread = Thread.currentThread();
    try {
      running.put(thread, task);
      if (stopped) {
        thread.interrupt();
      }
      task.run();
    } finally {
      running.remove(thread);
      leave();
    }
  }

  @Override
  public void shutdown() {
    long before = state.getAndUpdate(seen -> seen | SHUTDOWN);
    if (before == 0) {
      terminated.countDown();
    }
  }

  /// Interrupts what runs. Nothing is queued here, so the list is empty.
  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    stopped = true; // then the entries: who enters later sees it
    for (Thread thread : running.keySet()) {
      running.computeIfPresent(
          thread,
          (present, task) -> {
            present.interrupt();
            return task;
          });
    }
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return state.get() >= SHUTDOWN;
  }

  @Override
  public boolean isTerminated() {
    return terminated.getCount() == 0;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return terminated.await(timeout, unit);
  }

  /// `TaskExecutor[3 tasks]`: a snapshot.
  @Override
  public String toString() {
    long seen = state.get();
    return "TaskExecutor["
        + (seen & ~SHUTDOWN)
        + " tasks"
        + (seen >= SHUTDOWN ? ", shut down]" : "]");
  }
}
