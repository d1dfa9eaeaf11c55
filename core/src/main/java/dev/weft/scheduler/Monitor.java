package dev.weft.scheduler;

import dev.weft.internal.timer.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// The thread that looks after the machines without being one: Go's sysmon (SCH-22 to SCH-27).
///
/// With each tick it
/// - wakes a machine for a goroutine that lingers in the slot behind one that computes,
/// - ends the slice of goroutines that only ready each other,
/// - hands off the processor of a machine that is stuck ([HandOffBudget] says which and when),
/// - wakes a machine for due timers, and tells those that work if it has no machine to wake,
/// - starts machines where one is wanted and none is idle, and ends those long idle.
///
/// Between ticks it sleeps 20 µs while it finds something to do, then longer and longer: 1 ms at
/// most while processors are free (somebody may linger), 10 ms while all are busy, and a second
/// when all machines are idle. It never sleeps past the earliest timer.
///
/// After a pause of the whole JVM every machine looks stuck. So a tick that comes more than 5 ms
/// late judges nobody and starts all observations afresh. On a crowded computer, or one with a
/// processor quota, every tick may be late. So this happens four times in a row at most; after that
/// machines are judged all the same, but none is called blocked: one that gets no processor time
/// looks like that, too, and for those that compute there is a limit.
final class Monitor implements Runnable {

  private static final long SHORTEST = 20_000;
  private static final long LONGEST_WITH_ROOM = 1_000_000;
  private static final long LONGEST = 10_000_000;
  private static final long LATE = 5_000_000;

  /// So many late ticks in a row start the observations afresh.
  private static final int LATE_TICKS = 4;

  /// How long it sleeps when all machines are idle. Nothing should happen meanwhile that it is not
  /// woken for, but a waker may run out of stack before it gets to that.
  private static final long LONGEST_ASLEEP = 1_000_000_000;

  /// So much later than its deadline a timer is overdue: a machine that has it would have run it.
  private static final long OVERDUE = 1_000_000;

  /// Ticks without an active machine, after which it sleeps until there is one.
  private static final int QUIET_TICKS = 10;

  /// So many goroutines that become ready after one was found lingering wake a machine at once.
  private static final int EAGER = 64;

  private final Core core;
  private final Thread thread;
  private final HandOffBudget budget;
  private final SpareMachines spares;
  private final CpuClock cpuClock = new CpuClock();
  private final Map<Machine, Watch> watches = new HashMap<>();

  // Read by machines to decide whether to unpark this thread; written by this thread.
  private volatile boolean asleep;
  private volatile long wakesAt;

  private volatile boolean machineWanted;
  private volatile boolean stopped;

  private long delay = SHORTEST;
  private int quietTicks;
  private int lateTicks;

  Monitor(Core core) {
    this.core = core;
    this.budget = new HandOffBudget(core);
    this.spares = new SpareMachines(core);
    this.thread = new Thread(null, this, core.settings().name() + "-monitor", 0, false);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  // ---- Called by machines and submitters: these never block ----

  /// A machine was woken. Whoever calls has changed the control word before.
  void machinesActive() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  /// More work than machines, and none is idle. After the system has refused a thread this does
  /// nothing for a while: the monitor looks by itself when that is over.
  void newMachineWanted() {
    if (!machineWanted && !spares.pausing() && core.table.size() < core.settings().maxThreads()) {
      machineWanted = true;
      LockSupport.unpark(thread);
    }
  }

  /// Whether it was told so since its last tick.
  boolean isMachineWanted() {
    return machineWanted;
  }

  /// A machine is about to run something, or to sleep while others run, and a timer waits for the
  /// given time.
  ///
  /// @return whether this thread would have slept past it
  boolean timerAt(long deadline) {
    if (deadline < wakesAt && core.control.active() < core.permitted()) {
      LockSupport.unpark(thread);
      return true;
    }
    return false;
  }

  // ---- The loop ----

  @Override
  public void run() {
    while (!stopped) {
      try {
        boolean timely = sleep();
        tick(timely);
      } catch (Throwable failure) {
        // An OutOfMemoryError, say: without this thread a stuck machine would stay stuck.
        core.stats.countFailure();
        Uncaught.report(thread, failure);
        delay = LONGEST;
      }
    }
  }

  /// @return whether the end of the sleep was as planned, not long after
  private boolean sleep() {
    if (core.control.active() == 0) {
      quietTicks++;
    } else {
      quietTicks = 0;
    }
    if (quietTicks > QUIET_TICKS) {
      sleepUntilActive();
      return false;
    }
    long now = TimeSource.now();
    long end = planSleep(now, delay);
    if (!machineWanted) {
      LockSupport.parkNanos(core, end - now);
    }
    Thread.interrupted();
    wakesAt = Long.MIN_VALUE;
    return TimeSource.now() - end <= LATE;
  }

  /// Says how long this thread is going to sleep, and looks at the timers only then: who adds an
  /// earlier one either is seen here, or sees what was said and calls [#timerAt].
  ///
  /// @return when to wake
  long planSleep(long now, long atMost) {
    long end = now + atMost;
    wakesAt = end;
    long earliest = core.earliestTimer();
    // An overdue one waits for a machine, not for this thread.
    if (now < earliest && earliest < end) {
      end = Math.max(earliest, now + SHORTEST);
      wakesAt = end;
    }
    return end;
  }

  private void sleepUntilActive() {
    asleep = true;
    if (core.control.active() == 0 && !machineWanted && !stopped) {
      long limit = Math.min(LONGEST_ASLEEP, spares.nanosUntilTrim(TimeSource.now()));
      LockSupport.parkNanos(core, limit);
    }
    asleep = false;
    Thread.interrupted();
    delay = SHORTEST;
    lateTicks = 0; // it had no time to be late for
    if (core.control.active() > 0) {
      quietTicks = 0;
    }
  }

  /// Looks at everything once. By this thread, and by tests that have not started it.
  void tick(boolean timely) {
    long now = TimeSource.now();
    core.coarseClock(now);
    lateTicks = timely ? 0 : Math.min(lateTicks + 1, LATE_TICKS + 1);
    boolean afresh = !timely && lateTicks <= LATE_TICKS;
    boolean found = false;
    boolean suspects = false;
    budget.begin(now);
    for (Machine machine : core.table.all()) {
      Watch watch = watches.computeIfAbsent(machine, m -> new Watch(m, cpuClock));
      if (afresh) {
        watch.restart();
      }
      Watch.Verdict verdict = watch.look(now);
      if (verdict == Watch.Verdict.BLOCKED && !timely) {
        verdict = Watch.Verdict.HOG;
      }
      found |= attendTo(watch, verdict, now);
      suspects |= verdict == Watch.Verdict.SAME && !machine.processor.isHandedOff();
    }
    budget.end();
    long earliest = core.earliestTimer();
    if (core.workVisible() || earliest <= now) {
      core.wake();
    }
    if (now - earliest > OVERDUE) {
      raiseWhereActive(Processor.TIMERS_OVERDUE);
    }
    machineWanted = false;
    spares.endPause(now);
    if (core.control.wantsNewMachine(core.permitted()) && budget.workWaits()) {
      found |= spares.startSome(now);
    }
    if (core.control.active() > core.permitted()) {
      // Whoever woke the last one knew the old number, or there was no memory to leave with.
      raiseWhereActive(Processor.CHECK_SURPLUS);
    }
    spares.trim(now, watches::remove);
    chooseDelay(found, suspects);
  }

  private boolean attendTo(Watch watch, Watch.Verdict verdict, long now) {
    Processor processor = watch.machine().processor;
    if (watch.machine().isIdle()) {
      core.takeBack(processor);
      return false;
    }
    if (processor.isHandedOff()) {
      budget.sawHandedOff(processor);
      return false;
    }
    if (watch.sliceUsed(now) && verdict == Watch.Verdict.FINE) {
      processor.raise(Processor.SLICE_USED);
      return false;
    }
    if (verdict == Watch.Verdict.FINE) {
      return false;
    }
    boolean lingers = processor.runNext.peek() != null && core.control.active() < core.permitted();
    if (lingers) {
      processor.setEager(EAGER);
      core.wake();
    }
    if (verdict != Watch.Verdict.SAME) {
      budget.stuck(watch.machine(), verdict);
    }
    return lingers;
  }

  private void raiseWhereActive(int flag) {
    for (Machine machine : core.table.all()) {
      if (!machine.isIdle() && (machine.processor.flags() & flag) == 0) {
        machine.processor.raise(flag);
      }
    }
  }

  private void chooseDelay(boolean found, boolean suspects) {
    if (found) {
      delay = SHORTEST;
      return;
    }
    boolean room = core.control.active() < core.permitted();
    delay = Math.min(delay + (delay >> 2), room || suspects ? LONGEST_WITH_ROOM : LONGEST);
  }
}
