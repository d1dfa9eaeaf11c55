package dev.weft.testkit;

import dev.weft.base.Body;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Starts threads of one kind for one test, and knows what became of them.
public final class Threads {
  private static final Duration GRACE = Duration.ofSeconds(Long.getLong("weft.test.limit", 60));

  private final Kind kind;
  private final @Nullable Scheduler scheduler;
  private final List<Task<?>> tasks = new ArrayList<>();

  public Threads(Kind kind) {
    this.kind = kind;
    this.scheduler = kind.isGoroutine() ? scheduler(kind) : null;
  }

  private static Scheduler scheduler(Kind kind) {
    Backend backend = kind == Kind.GPM ? Backend.GPM : Backend.JDK;
    return Scheduler.builder().name("test").backend(backend).procs(2).build();
  }

  /// Starts a thread that runs the body.
  public <T> Task<T> call(Callable<T> body) {
    Task<T> task = new Task<>(body);
    if (scheduler != null) {
      Goroutine goroutine = scheduler.go(task::run);
      task.startedOn(goroutine.thread(), goroutine);
    } else if (kind == Kind.VIRTUAL) {
      task.startedOn(Thread.ofVirtual().start(task::run), null);
    } else {
      task.startedOn(Thread.ofPlatform().daemon().start(task::run), null);
    }
    tasks.add(task);
    return task;
  }

  /// Starts a thread that runs the body, which has no result.
  public Task<Boolean> start(Body body) {
    return call(
        () -> {
          try {
            body.run();
          } catch (Exception | Error thrown) {
            throw thrown;
          } catch (Throwable thrown) {
            throw new AssertionError(thrown);
          }
          return true;
        });
  }

  /// The scheduler that the goroutines are on, if they are such.
  public @Nullable Scheduler scheduler() {
    return scheduler;
  }

  /// Waits for the end of all, and fails if one failed that was not expected to.
  public void join() throws InterruptedException {
    for (Task<?> task : tasks) {
      task.awaitExpectedEnd();
    }
  }

  /// Gets rid of those that are still there, after a test that failed, and of the scheduler.
  public void close() {
    for (Task<?> task : tasks) {
      if (!task.isDone()) {
        task.interrupt();
      }
    }
    if (scheduler != null) {
      List<Goroutine> survivors = scheduler.close(GRACE);
      if (!survivors.isEmpty()) {
        throw new AssertionError("goroutines do not end: " + survivors);
      }
    }
  }
}
