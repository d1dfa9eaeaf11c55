package dev.weft.scheduler;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.park.StackProbe;
import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerShard;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// M: a platform thread that runs goroutines, one after the other, with the processor it owns.
///
/// Its loop neither reads nor writes a goroutine before or after running it: by then the goroutine
/// may run on another machine.
final class Machine extends Thread {

  private static final int NONE = 0;
  private static final int WORK = 1;
  private static final int END = 2;

  private static final VarHandle IDLE =
      fieldVarHandle(lookup(), "idle", VarHandle.class, Machine.class, boolean.class);

  private final int id;
  final Core core;
  final Processor processor;
  private final WorkSearch search;
  private @Nullable IdlePolicy idlePolicy;

  /// The stack below this machine while it is idle: [MachineControl] writes and reads it.
  int nextIdle;

  // Why the idle machine was woken: written once by whoever popped it, reset by itself.
  private volatile int signal;

  // For the monitor, opaque: whether there is nothing to watch here.
  private boolean idle;

  // Itself only: whether it holds a unit of spinning, and whether it is in runTimers.
  private boolean spinning;
  private boolean runningTimers;

  /// @param bornIdle whether it starts on the idle stack; else its maker has claimed its units
  Machine(Core core, int id, Processor processor, boolean bornIdle) {
    super(
        null, null, core.settings().name() + "-m" + id, core.settings().carrierStackSize(), false);
    setDaemon(true);
    this.core = core;
    this.id = id;
    this.processor = processor;
    this.search = new WorkSearch(core, this);
    this.idlePolicy = core.settings().newIdlePolicy();
    this.idle = bornIdle;
    this.spinning = !bornIdle;
  }

  int id() {
    return id;
  }

  // ---- The loop ----

  @Override
  public void run() {
    if (idle && !awaitSignal()) {
      return;
    }
    boolean more = true;
    while (more) {
      try {
        Schedulable next = next();
        if (next == null) {
          more = false;
        } else {
          next.resume();
        }
      } catch (Throwable failure) {
        core.carrierFailed(this, failure);
      }
    }
  }

  /// The next goroutine to run; blocks while there is none. Null: this machine has to end.
  private @Nullable Schedulable next() {
    for (; ; ) {
      if (processor.flags() != 0 && !attend()) {
        return null;
      }
      Schedulable found = search.own();
      if (found == null) {
        found = search.others();
      }
      if (found != null) {
        if (spinning) {
          stopSpinning();
        }
        return found;
      }
      if (!goIdle()) {
        return null;
      }
    }
  }

  /// Whether the search may go on to other processors (SCH-17).
  boolean startSpinning() {
    if (!spinning) {
      spinning = core.control.tryStartSpinning();
    }
    return spinning;
  }

  /// Whether it was woken to search and has found nothing yet. Itself only.
  boolean isSpinning() {
    return spinning;
  }

  /// Submitters woke nobody while this machine was spinning; if they left more than it has taken,
  /// the next one is up to it (SCH-19). Go wakes one blindly.
  void stopSpinning() {
    spinning = false;
    core.control.stopSpinning();
    if (core.workVisible()) {
      core.wake();
    }
  }

  // ---- Making goroutines ready ----
  //
  //   who becomes ready, and by whom                      goes to             wakes another machine
  //   by a goroutine on this machine, or by a timer       the slot, what      if the ring got one
  //                                                       was there: ring
  //   what this machine has just run, or a joiner of it   the ring's tail     unless alone
  //   what this machine has just run, by gosched()        the global tail,    unless alone
  //                                                       see yieldToAll
  //   by anybody else: Core.inject                        the global tail     yes
  //
  // Alone means that nothing else is queued here: then this machine, which is active and on its way
  // back to its loop, gets to it at once.
  //
  // All of it may run in Executor.execute. An OutOfMemoryError may come out, from a global queue
  // that has to grow. Then the task is in no queue: the JDK submits it again later, or fails the
  // start of the goroutine.

  /// Puts a goroutine where it runs next, and what stood there at the tail (SCH-2).
  void ready(Schedulable task) {
    if (processor.isHandedOff()) {
      core.inject(task);
      return;
    }
    if (processor.runNext.peek() != null && !hasRoomToKick()) {
      processor.queue.put(task, core.global);
      announce();
      return;
    }
    Schedulable kicked = processor.runNext.put(task);
    if (kicked != null) {
      kick(kicked);
    } else if (processor.spendEager()) {
      // The slot alone wakes nobody: the goroutine that filled it usually parks next.
      announce();
    }
  }

  /// Wakes a machine for what has just been queued, if one is to be woken. The fence is the one of
  /// SCH-20: queued before it is looked who sleeps.
  private void announce() {
    VarHandle.fullFence();
    core.wake();
  }

  /// Whether there is stack to get what is kicked out of the slot into the ring: else it would be
  /// in no queue. Whoever makes somebody ready may be deep in its stack, and nothing may be thrown
  /// out of `execute`. There the new one goes into the ring itself: what is needed for that is less
  /// than what was asked for here, and nobody else is touched.
  private boolean hasRoomToKick() {
    try {
      StackProbe.ensureFew(processor.queue.tail());
      return true;
    } catch (StackOverflowError deep) {
      return false;
    }
  }

  private void kick(Schedulable kicked) {
    try {
      processor.queue.put(kicked, core.global);
    } catch (Throwable noMemory) {
      // Back into the slot with it. If a thief has emptied the slot meanwhile, all is well. Else
      // the new task comes out again, and is the one that was not queued.
      if (processor.runNext.put(kicked) != null) {
        throw noMemory;
      }
    }
    announce();
  }

  /// Submitted by this thread itself: what it has just run and what wants to go on, after a
  /// `Thread.yield` or a park that found its permit, goes behind all others of this processor. What
  /// a timer made ready goes into the slot.
  void readyByMachine(Schedulable task) {
    if (runningTimers) {
      ready(task);
      return;
    }
    if (processor.isHandedOff()) {
      core.inject(task);
      return;
    }
    boolean alone = isAlone();
    processor.queue.put(task, core.global);
    wakeUnless(alone);
  }

  /// Puts what this machine has just run at the tail of the global queue (SCH-11). If that is empty
  /// and this machine takes it out again at once, it stays in the ring, which comes to the same:
  /// two machines whose goroutines yield all the time do not meet then.
  void yieldToAll(Schedulable task) {
    boolean alone = isAlone();
    if (alone && core.global.size() == 0 && search.takesRingNext()) {
      processor.queue.put(task, core.global);
      return;
    }
    core.global.addLast(task);
    wakeUnless(alone);
  }

  /// Whether this machine will get to what it queues now, at once: unless a timer comes first, see
  /// [#runTimers].
  private boolean isAlone() {
    return !processor.isHandedOff()
        && processor.runNext.peek() == null
        && processor.queue.size() == 0;
  }

  private void wakeUnless(boolean alone) {
    if (!alone) {
      announce();
    }
  }

  /// Runs due timers on this machine; those they make ready go into its slot.
  ///
  /// @return how many have fired
  int runTimers(TimerShard timers, long now) {
    int fired;
    runningTimers = true;
    try {
      fired = timers.runDue(now);
    } finally {
      runningTimers = false;
    }
    if (fired > 0 && core.workVisible()) {
      // What was queued alone, counting on being the next, has been overtaken.
      announce();
    }
    return fired;
  }

  // ---- Being one too many ----

  /// Attends to the flags. False: this machine has to end.
  boolean attend() {
    int flags = processor.lowerAll();
    if ((flags & Processor.SLICE_USED) != 0) {
      endSlice();
    }
    if ((flags & Processor.HANDED_OFF) != 0) {
      core.cameBack();
    }
    if ((flags & Processor.TIMERS_OVERDUE) != 0) {
      search.runAllTimers();
    }
    int permitted = core.permitted();
    int causes = Processor.HANDED_OFF | Processor.CHECK_SURPLUS;
    if ((flags & causes) == 0 || core.control.active() <= permitted) {
      return true;
    }
    if (!handBack()) {
      processor.raise(Processor.CHECK_SURPLUS); // no memory: go on, and try again
      return true;
    }
    return !leaveIfSurplus(permitted) || awaitSignal();
  }

  /// Goes idle if more machines are active than permitted.
  ///
  /// @return whether it did; then it awaits its signal
  boolean leaveIfSurplus(int permitted) {
    IDLE.setOpaque(this, true);
    signal = NONE;
    processor.queue.forget(); // as in becomeIdle
    boolean left = core.control.pushIdleIfSurplus(this, spinning, permitted);
    if (left) {
      spinning = false;
    } else {
      IDLE.setOpaque(this, false);
    }
    announce(); // for what was handed back
    if (core.isEnded()) {
      core.endIdle();
    }
    return left;
  }

  /// Lets all that wait go before the slot once: what is in it goes behind them (SCH-11, SCH-23).
  ///
  /// Behind those in the global queue, too. At the tail of an empty ring it would come up again at
  /// once, and the global queue only at its turn, 61 slices of 10 ms later.
  private void endSlice() {
    if (core.global.size() == 0 && processor.queue.isEmpty()) {
      return; // nobody waits
    }
    Schedulable next = processor.runNext.take();
    if (next == null) {
      return;
    }
    try {
      core.global.addLast(next);
    } catch (OutOfMemoryError noMemory) {
      processor.runNext.put(next);
      return;
    }
    announce();
  }

  /// Gives all that is queued here to the head of the global queue, the slot ahead (SCH-31).
  ///
  /// @return false if there was no memory for it: then nothing has changed
  private boolean handBack() {
    @Nullable Schedulable[] batch;
    try {
      batch = new @Nullable Schedulable[LocalRunQueue.SIZE + 1];
    } catch (OutOfMemoryError noMemory) {
      return false;
    }
    Schedulable next = processor.runNext.take();
    int slot = next == null ? 0 : 1;
    batch[0] = next;
    int count = processor.queue.drainTo(batch, slot);
    try {
      core.global.addFirst(batch, slot + count);
      return true;
    } catch (OutOfMemoryError noMemory) {
      if (next != null) {
        processor.runNext.put(next);
      }
      for (int i = 0; i < count; i++) {
        processor.queue.offer(Objects.requireNonNull(batch[slot + i])); // they came from here
      }
      return false;
    }
  }

  // ---- Idleness ----

  private boolean goIdle() {
    becomeIdle();
    return awaitSignal();
  }

  /// Goes to the idle stack, and looks once more whether there is work that nobody was woken for.
  void becomeIdle() {
    IDLE.setOpaque(this, true);
    signal = NONE;
    processor.queue.forget(); // ended goroutines must not be kept alive by the idle
    core.control.pushIdle(this, spinning);
    spinning = false;
    if (core.workVisible()) {
      core.wake();
    } else if (core.isEnded()) {
      core.endIdle();
    }
  }

  /// Waits on the idle stack. The last machine to go idle wakes for the earliest timer.
  ///
  /// @return whether to go on, spinning; false: this machine has to end
  private boolean awaitSignal() {
    while (signal == NONE) {
      long deadline = deadlineToWakeFor();
      if (idlePolicy != null) {
        followPolicy(0);
        if (deadline != TimeSource.NEVER && deadline <= TimeSource.now()) {
          core.wake();
        }
      } else if (deadline == TimeSource.NEVER) {
        LockSupport.park(core);
      } else {
        long left = deadline - TimeSource.now();
        if (left > 0) {
          LockSupport.parkNanos(core, left);
        } else {
          core.wake(); // most likely pops this machine, the last on the stack
        }
      }
      interrupted(); // an interrupt that was meant for a pinned goroutine must not keep us awake
    }
    boolean work = signal == WORK;
    followPolicy(1);
    IDLE.setOpaque(this, false);
    core.coarseClock(TimeSource.now()); // nobody has kept it while all were idle
    spinning = work;
    return work;
  }

  /// A policy is foreign code, and while it runs this machine is on the idle stack: what it throws
  /// must not get out of here. One that throws is not asked again.
  private void followPolicy(int workCount) {
    IdlePolicy policy = idlePolicy;
    if (policy == null) {
      return;
    }
    try {
      policy.idle(workCount);
    } catch (Throwable failure) {
      idlePolicy = null;
      core.carrierFailed(this, failure);
    }
  }

  /// The last machine to go idle wakes for the earliest timer; while others run the monitor does,
  /// and has to know of a timer that was added here just now.
  private long deadlineToWakeFor() {
    if (core.control.active() == 0) {
      return core.earliestTimer();
    }
    core.monitor().timerAt(core.earliestTimer());
    return TimeSource.NEVER;
  }

  /// Wakes this machine to search for work. By whoever popped it off the stack.
  void signalWork() {
    signal = WORK;
    LockSupport.unpark(this);
  }

  /// Ends this machine. By whoever popped it off the stack.
  void signalEnd() {
    signal = END;
    LockSupport.unpark(this);
  }

  /// A hint for the monitor and for statistics.
  boolean isIdle() {
    return (boolean) IDLE.getOpaque(this);
  }
}
