package dev.weft.scheduler;

import dev.weft.base.Body;
import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.Waiter;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// G: a goroutine of the gpm backend, and at the same time the executor of its own virtual thread.
///
/// The JDK calls [#execute] whenever the thread becomes runnable, so the run queues hold this very
/// object and a switch allocates nothing.
final class GpmGoroutine extends Goroutine implements Executor, Runnable, Schedulable {

  /*
   * How a virtual thread of JDK 25 meets its scheduler, and what that asks of this class.
   *
   * execute(continuation) is called
   *   - by Thread.start(), once, first of all: then the continuation is recorded as ours;
   *   - by whoever unparks the thread or releases the monitor it is blocked on: a goroutine on any
   *     machine, a platform thread, one of the JDK's own threads (unblocker, timers, pollers);
   *   - by the machine that ran it, right after it yielded, or parked with a permit at hand;
   *   - by the JDK once more for a thread that is queued already, after a stack walk. So a goroutine
   *     may stand in the queues twice, and running its continuation may do nothing; hence queues hold
   *     references and have no links in here.
   *   - with a continuation that is not ours, for virtual threads started inside this goroutine: they
   *     inherit the executor. They get an object of their own (ForeignContinuation).
   *
   * It must not throw: the JDK takes a RejectedExecutionException for a thread that is lost, with all
   * locks it holds. There are three exceptions, all before anything is queued: OutOfMemoryError, after
   * which the JDK tries again later; the StackOverflowError of a caller that has no stack left, as far
   * as a probe can see to it that it comes so early (StackProbe); and the RejectedExecutionException of
   * a closed scheduler inside Thread.start, which makes the start fail. It must not block, park or take
   * a monitor: callers include threads that the whole JVM needs. While it runs the caller is pinned to
   * its carrier, so the machine found at the start is the machine until the end.
   *
   * Hints. What a goroutine wants done with itself at its next yield it leaves in `hint`, and takes it
   * back afterwards: a yield while pinned never comes to execute. It is a hint only, since a second
   * call of execute for the same goroutine may read it too.
   *
   * Fields by writer
   *   thread, scheduler, core   constructor
   *   body, hint                the goroutine itself (body is set by the constructor)
   *   continuation              Thread.start, before any other call; published by the JDK's own state
   *                             changes of the thread
   */

  private static final int NO_HINT = 0;
  private static final int TO_GLOBAL_TAIL = 1;

  private final Scheduler scheduler;
  private final Core core;
  private final Thread thread;

  private @Nullable Body body;
  private @Nullable Runnable continuation;
  private int hint = NO_HINT;

  GpmGoroutine(Scheduler scheduler, Core core, @Nullable String name, Body body) {
    Settings settings = core.settings();
    this.scheduler = scheduler;
    this.core = core;
    this.body = body;
    this.thread =
        CarrierAccess.newThread(
            this,
            name,
            settings.inheritThreadLocals() ? 0 : CarrierAccess.NO_INHERIT_THREAD_LOCALS,
            this);
    if (scheduler.uncaughtHandler() != null) {
      thread.setUncaughtExceptionHandler(scheduler.uncaughtHandler());
    }
  }

  /// The calling goroutine of the gpm backend, or null.
  ///
  /// A virtual thread started inside a goroutine has the same executor, hence the comparison.
  static @Nullable GpmGoroutine currentGpm() {
    Thread current = Thread.currentThread();
    if (CarrierAccess.AVAILABLE
        && current.isVirtual()
        && CarrierAccess.schedulerOf(current) instanceof GpmGoroutine goroutine
        && goroutine.thread == current) {
      return goroutine;
    }
    return null;
  }

  // ---- Scheduling ----

  /// Called by the JDK, and by it only: see above.
  @Override
  @SuppressWarnings("ReferenceEquality") // whose continuation it is, not what it is like
  public void execute(Runnable runnable) {
    if (runnable == continuation) {
      submit(this);
    } else if (continuation == null) {
      begin(runnable);
    } else {
      core.foreignSeen();
      submit(new ForeignContinuation(runnable));
    }
  }

  private void begin(Runnable own) {
    continuation = own;
    if (counted) {
      submit(this);
      return;
    }
    // A thread of a factory, started by somebody else. If its start fails after it was queued, the
    // JDK takes it for ended while it runs. First counted, then looked: see Scheduler.start.
    StackProbe.ensureMany(id());
    core.live.add(this);
    try {
      scheduler.checkOpen();
      accepted();
      submit(this);
    } catch (Throwable refused) {
      refused();
      core.ended(this); // the start fails, and so there is no goroutine
      throw refused;
    }
  }

  private void submit(Schedulable task) {
    if (!(CarrierAccess.currentCarrier() instanceof Machine machine)
        || machine.core != core
        || machine.isIdle()) { // foreign code, an idle policy, runs on it; it looks at no queue
      core.inject(task);
    } else if (Thread.currentThread() != machine) {
      machine.ready(task);
    } else if (task == this && hint == TO_GLOBAL_TAIL) {
      machine.yieldToAll(task);
    } else {
      machine.readyByMachine(task);
    }
  }

  @Override
  public void resume() {
    Runnable runnable = continuation;
    if (runnable != null) {
      runnable.run();
    }
  }

  /// Lets all others go first (SCH-11, SCH-12). By this goroutine.
  void yieldToAll() {
    hint = TO_GLOBAL_TAIL;
    try {
      Thread.yield();
    } finally {
      hint = NO_HINT;
    }
  }

  // ---- Running ----

  /// The task of the virtual thread.
  @Override
  public void run() {
    Body toRun = body;
    if (toRun == null || Thread.currentThread() != thread) {
      throw new IllegalStateException(this + " is run by its own thread only, once");
    }
    try {
      BodyRunner.run(this, toRun);
    } finally {
      body = null;
      forgetWaiter();
      core.ended(this);
    }
  }

  Core core() {
    return core;
  }

  @Override
  Waiter newWaiter() {
    return new Waiter(thread());
  }

  @Override
  public Thread thread() {
    return thread;
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }
}
