package dev.weft.internal.park;

import org.jspecify.annotations.Nullable;

/// Runs what initializes classes on a platform thread of its own.
///
/// A class whose initializer overflows the stack is broken for good, and the first use of Weft may
/// come from a thread that has used up nearly all of its stack. It also keeps what is begun there
/// from being inherited by, or known to, the virtual thread that happens to be the first.
public final class FreshStack {

  private FreshStack() {}

  /// Runs a task and waits for its end. An interrupt is kept for later.
  ///
  /// If the calling thread has too little stack left to wait, or even to start the thread, a
  /// StackOverflowError comes out; the task may run all the same.
  ///
  /// @param name the name of the thread
  /// @param task what to run; what it throws is thrown here
  public static void run(String name, Runnable task) {
    StackProbe.ensureMany(System.nanoTime());
    Outcome outcome = new Outcome(task);
    Thread thread = new Thread(null, outcome, name, 0, false);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    outcome.rethrow();
  }

  private static final class Outcome implements Runnable {

    private final Runnable task;
    private @Nullable Throwable failure; // published by the end of the thread

    Outcome(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        task.run();
      } catch (Throwable thrown) {
        failure = thrown;
      }
    }

    void rethrow() {
      Throwable thrown = failure;
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown != null) {
        throw (RuntimeException) thrown; // a Runnable throws nothing else
      }
    }
  }
}
