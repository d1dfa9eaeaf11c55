package dev.weft.context;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Cancels contexts when their time has come: one daemon thread for all, which is there only while
/// there are deadlines.
///
/// Cancelling takes locks, so it cannot be done where Weft's own timers are run, in the middle of a
/// scheduler. An executor of the JDK has all that is needed here: what is called off is taken out
/// at once, and the thread ends when nothing is left to do.
final class Deadlines {

  private static final long IDLE_SECONDS = 10;

  private Deadlines() {}

  /// An executor would keep a failure in a future that nobody looks at.
  private static void runLoudly(Runnable cancelling) {
    try {
      cancelling.run();
    } catch (Throwable failure) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  /// Made by the first deadline.
  private static final class Timer {
    static final ScheduledThreadPoolExecutor EXECUTOR = executor();

    private static ScheduledThreadPoolExecutor executor() {
      ScheduledThreadPoolExecutor executor =
          new ScheduledThreadPoolExecutor(
              1, task -> Thread.ofPlatform().daemon().name("weft-deadlines").unstarted(task));
      executor.setRemoveOnCancelPolicy(true);
      executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
      executor.allowCoreThreadTimeOut(true);
      return executor;
    }
  }

  /// Runs something after some time, unless it is cancelled.
  static Future<?> schedule(Runnable cancelling, long nanos) {
    return Timer.EXECUTOR.schedule(() -> runLoudly(cancelling), nanos, TimeUnit.NANOSECONDS);
  }
}
