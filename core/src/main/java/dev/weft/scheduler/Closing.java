package dev.weft.scheduler;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/// The end of a scheduler: refuse, wait, interrupt, report.
final class Closing {

  /// So often at most in all: whoever starts a goroutine may have lost its processor meanwhile.
  private static final int LOOKS = 10_000;

  private final Scheduler scheduler;
  private final SchedulerBackend backend;

  private volatile boolean closed;

  Closing(Scheduler scheduler, SchedulerBackend backend) {
    this.scheduler = scheduler;
    this.backend = backend;
  }

  boolean isClosed() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw new RejectedExecutionException(
          scheduler + " starts no more goroutines; use one that is open");
    }
  }

  List<Goroutine> close(Duration grace) {
    Goroutine caller = Goroutine.current();
    if (caller != null && caller.scheduler() == scheduler) {
      throw new IllegalStateException(
          caller
              + " cannot close its own scheduler: it would wait for itself; close it from outside");
    }
    closed = true;
    boolean interrupted = false;
    backend.live().addWaiter(Thread.currentThread());
    try {
      interrupted = await(grace);
      if (backend.live().count() > 0) {
        interruptAll();
        interrupted |= await(grace);
      }
      return survivors();
    } finally {
      backend.retire();
      backend.live().removeWaiter(Thread.currentThread());
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Waits until no goroutine is alive, or the time is over, or this thread is interrupted.
  ///
  /// @return whether it was interrupted; its flag is then clear
  private boolean await(Duration time) {
    long nanos = Math.max(0, NANOSECONDS.convert(time)); // saturated
    long start = System.nanoTime();
    while (backend.live().count() > 0) {
      if (Thread.interrupted()) {
        return true;
      }
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(scheduler, left);
    }
    return false;
  }

  /// Those that are left. If it is not clear of one whether it starts or is refused, this waits a
  /// moment to see which. Those that come onto the list later are all refused.
  private List<Goroutine> survivors() {
    List<Goroutine> survivors = new ArrayList<>();
    int looks = LOOKS;
    for (Goroutine goroutine : backend.live().list()) {
      for (; looks > 0 && goroutine.isUndecided(); looks--) {
        Thread.yield();
      }
      if (!goroutine.isRefused()) {
        survivors.add(goroutine);
      }
    }
    return List.copyOf(survivors);
  }

  /// An interrupt closes the `InterruptibleChannel` that a goroutine is blocked in, and that may be
  /// a class of the user's. What it throws concerns that goroutine, and goes to its handler; and it
  /// may have kept the JDK from waking the goroutine.
  private void interruptAll() {
    for (Goroutine goroutine : backend.live().list()) {
      Thread thread = goroutine.thread();
      UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
      try {
        goroutine.interrupt();
      } catch (Throwable thrown) {
        LockSupport.unpark(thread);
        Uncaught.report(handler, thread, thrown); // by now it may have ended, and have none
      }
    }
  }
}
