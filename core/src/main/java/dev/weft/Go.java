package dev.weft;

import dev.weft.base.Body;
import dev.weft.base.Goexit;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.Select;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.time.Clock;
import dev.weft.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;

/// Go's words, for static import: `import static dev.weft.Go.*;`.
///
/// ```java
/// Goroutine g = go(() -> work());
/// g.join();
/// ```
///
/// `select` and its relatives are inherited from [Select].
///
/// Inside a goroutine these act on its own scheduler, on every other thread on the default one,
/// which is made when first used: [Scheduler#defaultScheduler()] says what can go wrong then. No
/// parameter may be null.
public final class Go extends Select {

  private Go() {}

  /// Starts a goroutine: `go f()`.
  ///
  /// What happens before the call *happens-before* the first action of the body. Does not block.
  ///
  /// @param body what it runs; may throw anything, which then reaches the scheduler's handler for
  ///   uncaught exceptions
  /// @return its handle
  /// @throws RejectedExecutionException if the calling goroutine's scheduler is closed
  public static Goroutine go(Body body) {
    return Scheduler.current().go(body);
  }

  /// Starts a goroutine with a name, which thread dumps show. Otherwise as [#go(Body)].
  ///
  /// @param name its name
  /// @param body what it runs
  /// @return its handle
  /// @throws RejectedExecutionException if the calling goroutine's scheduler is closed
  public static Goroutine go(String name, Body body) {
    return Scheduler.current().go(name, body);
  }

  /// Lets other goroutines run: `runtime.Gosched()`.
  ///
  /// On the gpm backend the calling goroutine goes to the tail of the global queue, behind those
  /// that wait there. On every other thread it is [Thread#yield()]. Does not look at the interrupt
  /// flag.
  public static void gosched() {
    Scheduler.yieldCurrent();
  }

  /// Ends the calling goroutine: `runtime.Goexit()`. `finally` blocks run; the goroutine does not
  /// count as failed.
  ///
  /// It works by throwing [Goexit]: code that catches [Throwable] must throw it on.
  ///
  /// @throws IllegalStateException if the calling thread is not a goroutine
  public static void goexit() {
    if (Goroutine.current() == null) {
      throw new IllegalStateException(
          "goexit() ends a goroutine, but " + Thread.currentThread() + " is none; return instead");
    }
    throw Goexit.INSTANCE;
  }

  /// {@return how many goroutines of this scheduler are alive, blocked ones included:
  /// `runtime.NumGoroutine()`, except that only Weft's goroutines count} May be 0.
  public static int numGoroutine() {
    return Scheduler.current().numGoroutine();
  }

  /// A channel on which the time is sent, once, when so much time has passed: `time.After(d)`. As
  /// [Timer#after(Duration)].
  ///
  /// @param duration when; zero or less is at once
  /// @return the channel of a new timer
  public static ReceiveChannel<Instant> after(Duration duration) {
    return Timer.after(duration);
  }

  /// Waits: `time.Sleep(d)`. As [Clock#sleep(Duration)] by the system's clock.
  ///
  /// @param duration how long; zero or less does not wait
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static void sleep(Duration duration) throws InterruptedException {
    Clock.system().sleep(duration);
  }

  /// {@return how many goroutines may run at the same time: `runtime.GOMAXPROCS(0)`}
  public static int procs() {
    return Scheduler.current().procs();
  }

  /// Changes how many goroutines may run at the same time: `runtime.GOMAXPROCS(n)`.
  ///
  /// @param n the new number; less than 1 changes nothing
  /// @return the number before
  /// @throws UnsupportedOperationException on the jdk backend, if n is 1 or more
  /// @throws IllegalArgumentException if n is more than the scheduler's `maxThreads`
  public static int procs(int n) {
    return Scheduler.current().procs(n);
  }
}
