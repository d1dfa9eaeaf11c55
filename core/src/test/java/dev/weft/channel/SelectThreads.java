package dev.weft.channel;

import dev.weft.base.Body;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.TestMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Starts bodies on threads of one kind, and hands on what they throw.
final class SelectThreads implements AutoCloseable {

  /// Who may select. Goroutines are those of the backend of this run.
  enum Kind {
    GOROUTINE,
    VIRTUAL,
    PLATFORM
  }

  private static final long LIMIT_SECONDS = 60;

  private final Kind kind;
  private final @Nullable Scheduler scheduler;
  private final List<Task> tasks = new CopyOnWriteArrayList<>();

  SelectThreads(Kind kind) {
    this.kind = kind;
    scheduler =
        kind != Kind.GOROUTINE
            ? null
            : Scheduler.builder()
                .name("select-test")
                .backend(TestMode.current().isGpm() ? Backend.GPM : Backend.JDK)
                .procs(2)
                .build();
  }

  Kind kind() {
    return kind;
  }

  /// Starts a thread that runs the body.
  Task go(Body body) {
    Task task = new Task();
    tasks.add(task);
    if (scheduler != null) {
      Goroutine goroutine = scheduler.go(() -> task.run(body));
      task.started(goroutine.thread(), goroutine);
    } else {
      Thread.Builder builder =
          kind == Kind.VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
      task.started(builder.start(() -> task.run(body)), null);
    }
    return task;
  }

  /// Waits for all bodies that were started, also by others.
  void joinAll() {
    tasks.forEach(Task::join); // sees those that are added meanwhile, or the next round does
    tasks.removeIf(Task::isDone);
    if (!tasks.isEmpty()) {
      joinAll();
    }
  }

  /// Interrupts what still runs.
  ///
  /// @return how many there were
  int interruptLeftOver() {
    int left = 0;
    for (Task task : tasks) {
      if (!task.isDone()) {
        task.interrupt();
        left++;
      }
    }
    return left;
  }

  /// Interrupts all until all have ended. That a body was interrupted is no failure then.
  void stopAll() {
    while (interruptLeftOver() > 0) {
      Thread.yield();
    }
    for (Task task : tasks) {
      if (!(task.end.isCompletedExceptionally()
          && task.end.exceptionNow() instanceof InterruptedException)) {
        task.join();
      }
    }
  }

  @Override
  public void close() {
    if (scheduler != null) {
      scheduler.close(Duration.ofSeconds(5));
    }
  }

  /// A body on its thread.
  static final class Task {
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private volatile @Nullable Thread thread;
    private volatile @Nullable Goroutine goroutine;

    private void run(Body body) {
      try {
        body.run();
        end.complete(true);
      } catch (Throwable thrown) {
        end.completeExceptionally(thrown);
      }
    }

    private void started(Thread its, @Nullable Goroutine itself) {
      thread = its;
      goroutine = itself;
    }

    Thread thread() {
      Thread its = thread;
      if (its == null) {
        throw new IllegalStateException("not started yet");
      }
      return its;
    }

    /// Why it waits, if it is a goroutine.
    @Nullable String waitReason() {
      Goroutine itself = goroutine;
      return itself == null ? null : itself.waitReason();
    }

    void interrupt() {
      Thread its = thread;
      if (its != null) {
        its.interrupt();
      }
    }

    boolean isDone() {
      return end.isDone();
    }

    /// Waits for the end of the body, and throws if it has failed.
    void join() {
      try {
        end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError(thread() + " failed: " + e.getCause(), e.getCause());
      } catch (TimeoutException e) {
        AssertionError late =
            new AssertionError(thread() + " runs for more than " + LIMIT_SECONDS + " s", e);
        late.setStackTrace(thread().getStackTrace());
        throw late;
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for " + thread(), e);
      }
    }
  }
}
