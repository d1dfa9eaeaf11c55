package dev.weft.scheduler;

import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.internal.carrier.SocketPoller;
import dev.weft.internal.park.FreshStack;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import java.util.Objects;

/// Initializes the classes of the scheduler, where there is stack for it, before anybody uses them:
/// see [FreshStack].
///
/// This class has no initializer, and what it calls before [FreshStack] has none either.
final class FirstUse {

  private static volatile boolean done;
  private static volatile boolean socketsDone;

  private FirstUse() {}

  /// Called wherever a program may come to the scheduler first. Two threads that are the first
  /// together both do it, which does no harm.
  static void prepare() {
    if (!done) {
      FreshStack.run("weft-first-use", new Classes());
      done = true;
    }
  }

  /// Makes the JDK's poller for sockets start: before the first gpm scheduler runs anything.
  static void prepareSockets() {
    if (!socketsDone) {
      FreshStack.run("weft-poller-start", new Sockets());
      socketsDone = true;
    }
  }

  /// A nested class, not a lambda: that would have to be linked first.
  private static final class Classes implements Runnable {

    @Override
    public void run() {
      new Waiter(Thread.currentThread()).arm();
      Objects.requireNonNull(WaitReason.SLEEP);
      Objects.requireNonNull(Scheduler.CLOSE_GRACE);
      JdkGoroutine.currentJdk();
      GpmGoroutine.currentGpm();
      if (CarrierAccess.unavailable() == null) {
        Core core = new Core(Scheduler.builder().name("weft-first-use").procs(1).settings());
        core.newMachine(true); // neither is started
      }
    }
  }

  private static final class Sockets implements Runnable {

    @Override
    public void run() {
      SocketPoller.start();
    }
  }
}
