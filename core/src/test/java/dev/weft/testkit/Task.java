package dev.weft.testkit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.weft.scheduler.Goroutine;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// One thread of a test, from outside: what it returned or threw, and with which interrupt flag.
///
/// @param <T> the type of what it returns; never null
public final class Task<T> {
  private final Callable<T> body;
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable T value;
  private @Nullable Throwable failure;
  private boolean flag;
  private boolean failureExpected;
  private @Nullable Thread thread;
  private @Nullable Goroutine goroutine;

  Task(Callable<T> body) {
    this.body = body;
  }

  void run() {
    try {
      value = body.call();
    } catch (Throwable thrown) {
      failure = thrown;
    }
    flag = Thread.interrupted();
    done.countDown();
  }

  void startedOn(Thread itsThread, @Nullable Goroutine itsGoroutine) {
    thread = itsThread;
    goroutine = itsGoroutine;
  }

  public Thread thread() {
    return Objects.requireNonNull(thread);
  }

  public @Nullable Goroutine goroutine() {
    return goroutine;
  }

  public void interrupt() {
    thread().interrupt();
  }

  public boolean isDone() {
    return done.getCount() == 0;
  }

  /// Waits for the end; fails if it threw.
  public T get() throws InterruptedException {
    awaitEnd();
    if (failure != null) {
      throw new AssertionError(thread + " failed", failure);
    }
    return Objects.requireNonNull(value);
  }

  /// Waits for the end; fails unless it threw this.
  public <X extends Throwable> X fails(Class<X> type) throws InterruptedException {
    awaitEnd();
    failureExpected = true;
    return assertInstanceOf(type, failure, () -> "instead it returned " + value);
  }

  /// Waits for the end, and tells whether the interrupt flag was set then.
  public boolean endedWithFlag() throws InterruptedException {
    awaitEnd();
    return flag;
  }

  void awaitExpectedEnd() throws InterruptedException {
    if (!failureExpected) {
      get();
    }
  }

  private void awaitEnd() throws InterruptedException {
    Await.zero(done, "the end of " + thread);
  }
}
