package dev.weft.scheduler;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerShard;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The shared part of a gpm scheduler: the global queue, the machines, and the rule for waking
/// them.
///
/// ```
///   go / unpark on a machine        unpark from elsewhere
///            |                              |
///     [Machine.ready]                   [inject]
///       slot, ring ---- ring full ----> global queue
///            |                              |
///            +----------- wake -------------+
///                          |
///             idle stack: pop one, spinning        none idle: the monitor starts one
/// ```
///
/// A machine that leaves idleness searches ([WorkSearch]); when it has found something and there is
/// more, it wakes the next. So machines come into play one at a time and no crowd fights for one
/// goroutine (SCH-18, SCH-19).
final class Core {

  private static final VarHandle PERMITTED =
      fieldVarHandle(lookup(), "permitted", VarHandle.class, Core.class, int.class);
  private static final VarHandle PROCS =
      fieldVarHandle(lookup(), "procs", VarHandle.class, Core.class, int.class);
  private static final long CLOCK_GRAIN_NANOS = 500_000;

  private static final VarHandle COARSE_CLOCK =
      fieldVarHandle(lookup(), "coarseClock", VarHandle.class, Core.class, long.class);

  static { // loads the classes, so that they are not loaded inside execute
    new ForeignContinuation.Run(new ForeignContinuation(() -> {})).run();
  }

  private final Settings settings;
  final GlobalRunQueue global = new GlobalRunQueue(CarrierAccess::osYield);
  final MachineTable table = new MachineTable();
  final MachineControl control = new MachineControl(table);
  final CoreStats stats = new CoreStats();
  final LiveGoroutines live;
  private final TimerShard[] timers;
  private final Monitor monitor;

  // GOMAXPROCS, changed by setProcs.
  private volatile int procs;

  // How many machines may be active: procs + handed off ones. Every writer adds its difference. See
  // permissionAddsUp.
  private volatile int permitted;

  @SuppressWarnings("UnusedVariable") // by its VarHandle
  private long coarseClock;

  // For the end.
  private final Executor elsewhere = CarrierAccess.jdkScheduler();
  private volatile boolean foreignSeen;
  private volatile boolean retired;
  private volatile boolean ended;

  Core(Settings settings) {
    this.settings = settings;
    this.live = new LiveGoroutines(settings.procs(), CarrierAccess::osYield);
    this.procs = settings.procs();
    this.permitted = settings.procs();
    this.timers = new TimerShard[Integer.highestOneBit(Math.max(1, settings.procs() * 2 - 1))];
    for (int i = 0; i < timers.length; i++) {
      timers[i] = new TimerShard(this::timerFailed);
    }
    this.monitor = new Monitor(this);
    this.coarseClock = TimeSource.now();
  }

  /// Starts the machines and the monitor.
  void start() {
    for (int i = 0; i < settings.procs(); i++) {
      Machine machine = newMachine(true);
      control.pushNew(machine);
      machine.start();
    }
    if (settings.monitored()) {
      monitor.start();
    }
  }

  /// Makes a machine known without starting it. By the thread that changes the table.
  Machine newMachine(boolean bornIdle) {
    int id = table.freeId();
    Machine machine =
        new Machine(this, id, new Processor(timers[id & (timers.length - 1)]), bornIdle);
    table.add(machine);
    return machine;
  }

  Settings settings() {
    return settings;
  }

  Monitor monitor() {
    return monitor;
  }

  // ---- Submitting ----

  /// Takes a goroutine that becomes runnable, from a machine of another scheduler or from a thread
  /// that is none, and from one that is handed off.
  void inject(Schedulable task) {
    global.addLast(task);
    VarHandle.fullFence();
    if (ended) {
      runElsewhere();
    } else {
      wake();
    }
  }

  /// Brings one more machine into play if one is wanted. The caller has published work and put a
  /// full fence. Never blocks; starts no thread.
  ///
  /// The work is in a queue by now, so an overflow of the stack must not make it look as if it were
  /// not: the monitor finds it with its next tick.
  void wake() {
    if (control.wantsMachine(permitted)) {
      try {
        wakeOne();
      } catch (StackOverflowError noRoom) {
        // nothing has been popped: see wakeOne
      }
    }
  }

  private void wakeOne() {
    StackProbe.ensureFew(System.nanoTime()); // a machine that is popped must be signalled
    Machine machine = control.popSpinning(permitted);
    if (machine != null) {
      stats.countWake();
      machine.signalWork();
      monitor.machinesActive();
    } else if (control.wantsNewMachine(permitted)) {
      monitor.newMachineWanted();
    }
  }

  /// Whether there is work that an idle machine could take. The slot of a processor that is not
  /// handed off is left to its owner.
  ///
  /// Called between going idle, or giving up spinning, and the decision to sleep: see
  /// [MachineControl]. All reads are volatile.
  boolean workVisible() {
    if (global.size() != 0) {
      return true;
    }
    for (Machine machine : table.all()) {
      Processor processor = machine.processor;
      boolean empty =
          processor.isHandedOff()
              ? processor.queue.isEmpty(processor.runNext)
              : processor.queue.isEmpty();
      if (!empty) {
        return true;
      }
    }
    return false;
  }

  /// Whether another machine is at work, and nothing is queued behind the calling goroutine
  /// (MU-12). A guess: all it costs to be wrong is some microseconds.
  boolean maySpinHere() {
    return control.othersAtWork()
        && CarrierAccess.currentCarrier() instanceof Machine machine
        && machine.core == this
        && machine.processor.queue.isEmpty(machine.processor.runNext);
  }

  // ---- Permission ----

  int procs() {
    return procs;
  }

  int permitted() {
    return permitted;
  }

  /// Changes the number of processors; takes effect as machines come by (SCH-30).
  ///
  /// @return the number before
  int setProcs(int n) {
    int before = (int) PROCS.getAndSet(this, n);
    PERMITTED.getAndAdd(this, n - before);
    if (n > before) {
      wake(); // the add was a fence
    } else {
      checkSurplus();
    }
    return before;
  }

  private void checkSurplus() {
    for (Machine machine : table.all()) {
      machine.processor.raise(Processor.CHECK_SURPLUS);
    }
  }

  /// Permits one more active machine, because the one of this processor is stuck. By the monitor.
  void handOff(Processor processor) {
    PERMITTED.getAndAdd(this, 1);
    processor.raise(Processor.HANDED_OFF);
    stats.countHandOff();
    if (workVisible()) {
      wake();
    }
  }

  /// The machine of a processor that was handed off is back. By that machine.
  void cameBack() {
    PERMITTED.getAndAdd(this, -1);
  }

  /// The same for a machine that had gone to sleep just before its processor was handed off. By the
  /// monitor.
  void takeBack(Processor processor) {
    if (processor.lower(Processor.HANDED_OFF)) {
      cameBack();
      if (control.active() > permitted) {
        checkSurplus();
      }
    }
  }

  // ---- Time ----

  /// The shard for timers of the calling thread: that of its machine's processor, or any. A shard
  /// may be used by any thread, so it does not matter if the caller moves on meanwhile.
  TimerShard timersHere() {
    Thread carrier = CarrierAccess.currentCarrier();
    return carrier instanceof Machine machine && machine.core == this
        ? machine.processor.timers
        : timers[(int) carrier.threadId() & (timers.length - 1)];
  }

  /// A timer was added that is earlier than all others of its shard: somebody has to wake for it.
  /// While any machine is active it looks at its timers with each dispatch and the monitor at all
  /// of them, so only sleepers need to be told.
  void timerLowered() {
    VarHandle.fullFence();
    if (control.active() == 0) {
      wake();
    }
  }

  /// The shards of all processors, those of ended machines included; not to be changed.
  TimerShard[] timerShards() {
    return timers;
  }

  /// The earliest deadline of all timers, or NEVER.
  long earliestTimer() {
    long earliest = TimeSource.NEVER;
    for (TimerShard shard : timers) {
      earliest = Math.min(earliest, shard.nextDeadline());
    }
    return earliest;
  }

  /// Notes the time. Everybody who parks reads it, so it is not written with each dispatch: that
  /// would send its cache line from processor to processor.
  void coarseClock(long now) {
    if (now - coarseClock() >= CLOCK_GRAIN_NANOS) {
      COARSE_CLOCK.setOpaque(this, now);
    }
  }

  /// The time as somebody read it lately: some milliseconds old at most while anything runs.
  long coarseClock() {
    return (long) COARSE_CLOCK.getOpaque(this);
  }

  int pendingTimers() {
    int pending = 0;
    for (TimerShard shard : timers) {
      pending += shard.pending();
    }
    return pending;
  }

  // ---- The end ----

  /// A virtual thread started by a goroutine runs here: nobody can say when the last one has ended.
  void foreignSeen() {
    if (!foreignSeen) {
      foreignSeen = true;
    }
  }

  /// Takes a goroutine off the live ones. By itself, as the last thing it does.
  void ended(Goroutine goroutine) {
    live.remove(goroutine);
    endIfUnused();
  }

  /// The scheduler is closed and has waited: from now on whoever makes the last user go away ends
  /// the machines.
  void retire() {
    retired = true;
    endIfUnused();
  }

  /// Ends the machines if nothing can become runnable any more.
  ///
  /// Since the scheduler is closed, goroutines only become fewer. Whoever starts one, by `go` or as
  /// a thread of a factory, counts it as alive, looks then whether the scheduler is closed, and if
  /// so takes it back and queues nothing: such a one may keep the machines for a moment, and calls
  /// this again. Virtual threads of a goroutine are seen before it ends; hence the order of the two
  /// reads. The other way round:
  ///
  /// ```
  /// closer:    none of them seen |                              | nobody is alive: end
  /// goroutine:                   | starts such a thread, ends   |   and the thread is never run
  /// ```
  private void endIfUnused() {
    if (retired && live.count() == 0 && !foreignSeen) {
      end();
    }
  }

  /// Ends the machines, now or when they are idle, and the monitor.
  void end() {
    ended = true;
    VarHandle.fullFence();
    endIdle();
    monitor.stop();
    if (global.size() != 0) {
      runElsewhere(); // somebody queued it when nothing had ended yet, and found nobody to wake
    }
  }

  boolean isEnded() {
    return ended;
  }

  /// Has the JDK's scheduler run what is queued. The machines have ended, or do so now, because
  /// nobody could become runnable any more; but a goroutine can leave behind a virtual thread that
  /// it has made and not started. When somebody starts it after the end, it comes here, each time
  /// that it becomes runnable.
  private void runElsewhere() {
    Schedulable task;
    while ((task = global.pollFirst()) != null) {
      try {
        elsewhere.execute(new ForeignContinuation.Run(task));
      } catch (Throwable noMemory) {
        global.addFirst(new Schedulable[] {task}, 1);
        throw noMemory;
      }
    }
  }

  /// Ends all machines that are idle.
  void endIdle() {
    Machine machine;
    while ((machine = control.popToEnd()) != null) {
      machine.signalEnd();
    }
  }

  // ---- Failures that are nobody's but ours or the JDK's ----

  /// A continuation, or the machine's own loop, ended with a throwable.
  void carrierFailed(Machine machine, Throwable failure) {
    stats.countFailure();
    Uncaught.report(machine, failure);
  }

  private void timerFailed(@Nullable TimerNode timer, Throwable failure) {
    stats.countFailure();
    Uncaught.report(Thread.currentThread(), failure);
  }

  /// Whether exactly one more machine is permitted for each processor that is handed off. Changed
  /// in two steps, by the monitor too: so even at quiescence it may take a moment to come true.
  boolean permissionAddsUp() {
    int handedOff = 0;
    for (Machine machine : table.all()) {
      handedOff += machine.processor.isHandedOff() ? 1 : 0;
    }
    return permitted == procs + handedOff;
  }

  /// Fails with an AssertionError if the structures contradict each other. At quiescence only.
  void checkInvariants() {
    control.checkInvariants();
    global.checkInvariants();
    for (Machine machine : table.all()) {
      machine.processor.queue.checkInvariants();
      machine.processor.timers.checkInvariants();
    }
  }
}
