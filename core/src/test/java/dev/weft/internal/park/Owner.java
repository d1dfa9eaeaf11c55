package dev.weft.internal.park;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A thread that arms its waiter and waits, as a test sees it from outside.
final class Owner {

  /// What the owner does once it is armed.
  @FunctionalInterface
  interface Waiting {
    int on(Waiter waiter, long ticket) throws Exception;
  }

  /// How a wait ended.
  ///
  /// @param code what the wait returned
  /// @param flag the interrupt flag afterwards
  record Result(int code, boolean flag) {}

  private record Armed(Waiter waiter, long ticket) {}

  /// What every owner says that it waits for.
  static final WaitReason REASON = WaitReason.CHAN_RECEIVE;

  /// What every owner waits for; a test compares the object itself.
  static final Object BLOCKER =
      new Object() {
        @Override
        public String toString() {
          return "what owners wait for";
        }
      };

  private static final long PATIENCE_SECONDS = 60;

  private final CompletableFuture<Armed> armed = new CompletableFuture<>();
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private final Thread thread;

  private Owner(Threads threads, Waiting waiting) {
    thread = threads.start(() -> run(waiting));
  }

  /// Starts a thread, which arms its waiter and does `waiting`.
  static Owner start(Threads threads, Waiting waiting) {
    return new Owner(threads, waiting);
  }

  private void run(Waiting waiting) {
    try {
      Waiter waiter = Runtime.get().waiter();
      long ticket = waiter.arm();
      armed.complete(new Armed(waiter, ticket));
      int code = waiting.on(waiter, ticket);
      result.complete(new Result(code, Thread.interrupted()));
    } catch (Throwable thrown) {
      armed.completeExceptionally(thrown);
      result.completeExceptionally(thrown);
    }
  }

  Thread thread() {
    return thread;
  }

  Waiter waiter() {
    return await(armed).waiter();
  }

  long ticket() {
    return await(armed).ticket();
  }

  /// Waits until the thread is parked for [#BLOCKER].
  void awaitParked() {
    while (!isParked(thread, BLOCKER)) {
      if (result.isDone()) {
        throw new AssertionError("it was to park, but ended with " + await(result));
      }
      Thread.yield();
    }
  }

  /// Waits until the thread has taken note of an interrupt and is parked again.
  void awaitParkedAgainAfterInterrupt() {
    while (thread.isInterrupted()) {
      if (result.isDone()) {
        throw new AssertionError("it was to park again, but ended with " + await(result));
      }
      Thread.yield();
    }
    awaitParked();
  }

  @SuppressWarnings("ReferenceEquality") // this blocker, not one like it
  static boolean isParked(Thread thread, Object blocker) {
    Thread.State state = thread.getState();
    return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
        && LockSupport.getBlocker(thread) == blocker;
  }

  /// Waits for the end of the wait.
  Result result() {
    return await(result);
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the owner failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the owner still waits after " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for the owner", e);
    }
  }
}
