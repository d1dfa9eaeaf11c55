package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Locks that fail while a thread waits for a condition, for want of memory, say.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // what one wait does is what is tested
class CondFailureTest extends ThreadsContract {

  /// A lock that fails so often, without having done anything; and, once, after it was unlocked.
  private static final class Failing extends ReentrantLock {
    private static final long serialVersionUID = 1L;
    private transient @Nullable Error failure;
    private final AtomicInteger failures = new AtomicInteger();
    private transient @Nullable Body afterUnlock;

    void fail(Error with, int times) {
      failure = with;
      failures.set(times);
    }

    private void failIfAskedTo() {
      Error toThrow = failure;
      if (toThrow != null && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw toThrow;
      }
    }

    @Override
    public void lock() {
      failIfAskedTo();
      super.lock();
    }

    @Override
    public boolean tryLock() {
      failIfAskedTo();
      return super.tryLock();
    }

    @Override
    public void unlock() {
      super.unlock();
      Body body = afterUnlock;
      if (body != null) {
        afterUnlock = null;
        try {
          body.run();
        } catch (Error failed) {
          throw failed;
        } catch (Throwable unexpected) {
          throw new IllegalStateException(unexpected);
        }
      }
    }
  }

  private final Failing lock = new Failing();
  private final Cond cond = new Cond(lock);

  @Override
  protected void assertSettled() {
    assertFalse(lock.isLocked());
    cond.checkInvariants();
    assertTrue(cond.toString().contains("[0 waiting]"), cond::toString);
  }

  private void awaitWaiting(int n) throws InterruptedException {
    Await.until(() -> cond.toString().contains("[" + n + " waiting]"), cond::toString);
  }

  @Test
  @DisplayName("COND-1: a wait that cannot lock again goes on trying until it has the lock")
  void relock() throws Exception {
    List<Error> errors =
        List.of(new OutOfMemoryError("for the test"), new StackOverflowError("for the test"));
    for (Error error : errors) {
      Task<Boolean> task =
          threads.start(
              () -> {
                lock.lock();
                lock.fail(error, 3);
                assertFalse(cond.await(Duration.ofNanos(1)));
                assertTrue(lock.isHeldByCurrentThread());
                assertEquals(0, lock.failures.get());
                lock.unlock();
              });
      task.get();
    }
  }

  @Test
  @DisplayName("COND-1: a lock that says that it is broken is not tried again and again")
  void brokenLock() throws Exception {
    AssertionError broken = new AssertionError("for the test");
    Task<Boolean> task =
        threads.start(
            () -> {
              lock.lock();
              lock.fail(broken, 1);
              cond.await(Duration.ofNanos(1));
            });
    assertSame(broken, task.fails(AssertionError.class));
    assertFalse(lock.isLocked());
    cond.checkInvariants();
  }

  @Test
  @DisplayName("COND-1: so does one that was signalled or interrupted, while others have the lock")
  void relockAfterSignal() throws Exception {
    Task<Boolean> signalled = threads.start(this::awaitOnce);
    awaitWaiting(1);
    Task<Boolean> interrupted = threads.start(this::awaitOnce);
    awaitWaiting(2);
    lock.lock();
    try {
      lock.fail(new OutOfMemoryError("for the test"), 5);
      cond.signal();
      interrupted.interrupt();
      Await.until(() -> lock.failures.get() < 4, "both or one of them have tried");
      assertFalse(signalled.isDone() || interrupted.isDone());
    } finally {
      lock.unlock();
    }
    signalled.get();
    interrupted.fails(InterruptedException.class);
  }

  /// Fails if the lock is not held after the wait.
  private void awaitOnce() throws InterruptedException {
    lock.lock();
    try {
      cond.await();
    } finally {
      lock.unlock();
    }
  }

  @Test
  @DisplayName("COND-2: who is signalled, but fails to wait, leaves the signal to the next one")
  void signalIsPassedOn() throws Exception {
    AssertionError failure = new AssertionError("for the test");
    Task<Boolean> failing =
        threads.start(
            () -> {
              lock.lock();
              lock.afterUnlock =
                  () -> {
                    threads.start(this::awaitOnce);
                    awaitWaiting(2);
                    cond.signal(); // for the first in the queue, which is this thread
                    throw failure;
                  };
              cond.await();
            });
    assertSame(failure, failing.fails(AssertionError.class));
    threads.join(); // or the other one waits for ever
  }

  @Test
  @DisplayName("COND-6: unlocking that fails ends the wait, and nobody is left in the queue")
  void unlockFails() throws Exception {
    threads.start(() -> cond.await()).fails(IllegalMonitorStateException.class);
    assertTrue(cond.toString().contains("[0 waiting]"), cond::toString);
  }
}
