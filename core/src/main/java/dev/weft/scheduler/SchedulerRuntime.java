package dev.weft.scheduler;

import dev.weft.base.Body;
import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.internal.park.Alarm;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.Spawner;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerShard;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The service provider through which channels, locks and timers reach the scheduler. It is public
/// because service loading demands it; it is not for applications.
@SuppressWarnings("exports") // its superclass is internal on purpose
public final class SchedulerRuntime extends Runtime {

  private static final boolean MULTIPROCESSOR =
      java.lang.Runtime.getRuntime().availableProcessors() > 1;
  private static final long SPREAD = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio
  private static final int RELAX_CYCLE = 64;
  private static final long SHORT_SLEEP = 50_000;

  /// For the service loader.
  public SchedulerRuntime() {
    FirstUse.prepare();
  }

  @Override
  public Waiter waiter() {
    Goroutine current = Goroutine.current();
    return current == null ? new Waiter(Thread.currentThread()) : current.waiter();
  }

  @Override
  public long nanoTime() {
    return TimeSource.now();
  }

  @Override
  public long coarseNanoTime() {
    GpmGoroutine current = GpmGoroutine.currentGpm();
    return current == null ? TimeSource.now() : current.core().coarseClock();
  }

  @Override
  public @Nullable Alarm alarm(Waiter waiter, long ticket, long deadline) {
    GpmGoroutine current = GpmGoroutine.currentGpm();
    if (current == null) {
      return null;
    }
    WaitTimer timer = new WaitTimer(waiter, ticket, deadline);
    start(timer, current.core());
    return timer;
  }

  @Override
  public @Nullable Alarm wakeAt(Waiter waiter, long deadline) {
    GpmGoroutine current = GpmGoroutine.currentGpm();
    if (current == null) {
      return null;
    }
    WakeTimer timer = new WakeTimer(waiter, deadline);
    start(timer, current.core());
    return timer;
  }

  private static void start(TimerNode timer, Core core) {
    StackProbe.ensure(); // what follows must not be left halfway
    TimerShard shard = core.timersHere();
    if (shard.add(timer)) {
      core.timerLowered();
    }
  }

  @Override
  public void spawn(@Nullable String name, Body body) {
    Scheduler.current().start(name, body);
  }

  @Override
  public Spawner spawner() {
    Goroutine current = Goroutine.current();
    Scheduler scheduler = current == null ? null : current.scheduler();
    return new SpawnOn(scheduler);
  }

  /// A nested class, not a lambda: that would have to be linked first.
  ///
  /// @param scheduler where, or null: the default one, which is not made before it is needed
  private record SpawnOn(@Nullable Scheduler scheduler) implements Spawner {

    @Override
    public void spawn(Body body) {
      if (scheduler != null) {
        try {
          scheduler.start(null, body);
          return;
        } catch (RejectedExecutionException closed) {
          // The default one cannot be closed.
        }
      }
      Scheduler.defaultScheduler().start(null, body);
    }
  }

  @Override
  public long goroutineId() {
    Goroutine current = Goroutine.current();
    return current == null ? 0 : current.id();
  }

  @Override
  public void yieldToReadied() {
    if (Thread.currentThread().isVirtual()) {
      try {
        yieldWithRoom(); // on gpm: to the ring tail, see Machine.readyByMachine
      } catch (StackOverflowError | OutOfMemoryError cannotUnmount) {
        // As in relax. Whoever hands over has done so already: it must not look as if it had
        // failed.
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public boolean maySpin() {
    if (!MULTIPROCESSOR) {
      return false;
    }
    GpmGoroutine current = GpmGoroutine.currentGpm();
    return current == null || current.core().maySpinHere();
  }

  @Override
  public int processorHint() {
    Thread carrier =
        CarrierAccess.AVAILABLE ? CarrierAccess.currentCarrier() : Thread.currentThread();
    return carrier instanceof Machine machine ? machine.id() : spread(carrier.threadId());
  }

  /// Numbers whose low bits differ for ids that follow each other: carriers may have every other
  /// one.
  private static int spread(long id) {
    return Integer.reverse((int) ((id * SPREAD) >>> 32)) & Integer.MAX_VALUE;
  }

  @Override
  public void relax(int attempt) {
    int turn = attempt % RELAX_CYCLE;
    try {
      if (turn == RELAX_CYCLE - 1) {
        sleepShortly();
      } else if (turn == RELAX_CYCLE / 2 || !CarrierAccess.AVAILABLE) {
        yieldWithRoom();
      } else {
        CarrierAccess.osYield();
      }
    } catch (StackOverflowError | OutOfMemoryError cannotUnmount) {
      // A virtual thread is unmounted by a recursion over its frames, so a deep one may stay where
      // it is. The caller goes on trying all the same: it may hold what others wait for.
      Thread.onSpinWait();
    }
  }

  /// Not at the very end of the stack: a virtual thread that overflows there, between leaving its
  /// carrier and giving up its frames, is lost.
  private static void yieldWithRoom() {
    StackProbe.ensureMany(System.nanoTime());
    Thread.yield();
  }

  private static void sleepShortly() {
    StackProbe.ensureMany(System.nanoTime()); // as above
    boolean interrupted = Thread.interrupted(); // with the flag set nobody sleeps
    try {
      LockSupport.parkNanos(SHORT_SLEEP);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Times out one wait.
  private static final class WaitTimer extends TimerNode implements Alarm {

    private @Nullable Waiter waiter;
    private final long ticket;

    WaitTimer(Waiter waiter, long ticket, long deadline) {
      super(deadline);
      this.waiter = waiter;
      this.ticket = ticket;
    }

    @Override
    protected void fire(long now) {
      Waiter timedOut = waiter;
      if (timedOut != null && timedOut.decide(ticket, Waiter.TIMED_OUT)) {
        timedOut.wake();
      }
    }

    @Override
    protected void release() {
      waiter = null; // the node may stay in its heap until the deadline
    }
  }

  /// Wakes a thread, which then looks what the time is.
  private static final class WakeTimer extends TimerNode implements Alarm {

    private @Nullable Waiter waiter;

    WakeTimer(Waiter waiter, long deadline) {
      super(deadline);
      this.waiter = waiter;
    }

    @Override
    protected void fire(long now) {
      Waiter looksAgain = waiter;
      if (looksAgain != null) {
        looksAgain.wake();
      }
    }

    @Override
    protected void release() {
      waiter = null;
    }
  }
}
