package dev.weft.internal.carrier;

import org.jspecify.annotations.Nullable;

/// Makes the JDK start its poller for sockets, before a scheduler of ours can be the one it runs
/// on.
///
/// The poller's threads are virtual and inherit the scheduler of the thread that first uses a
/// socket. If that were a goroutine, the sockets of the whole JVM would depend on a scheduler that
/// a user may close. So the first gpm scheduler has a platform thread start them.
public final class SocketPoller {

  private static final String CLASS = "sun.nio.ch.Poller";

  private SocketPoller() {}

  /// Starts it, once a JVM. Blocks until it is up.
  public static void start() {
    Throwable failure = Start.DONE.failure; // published by the join
    if (failure != null) {
      throw new IllegalStateException("the JDK's socket poller did not start", failure);
    }
  }

  /// Its initializer runs once, and must not be entered by the thread it waits for.
  private static final class Start {

    private static final Initializer DONE = run();

    private static Initializer run() {
      Initializer initializer = new Initializer();
      Thread starter = new Thread(null, initializer, "weft-poller-start", 0, false);
      starter.setDaemon(true);
      starter.start();
      boolean interrupted = false;
      while (starter.isAlive()) {
        try {
          starter.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return initializer;
    }
  }

  private static final class Initializer implements Runnable {

    private @Nullable Throwable failure;

    @Override
    public void run() {
      try {
        Class.forName(CLASS, true, null);
      } catch (ClassNotFoundException notThere) {
        // a JDK without this class has no such poller to start
      } catch (LinkageError broken) {
        failure = broken;
      }
    }
  }
}
