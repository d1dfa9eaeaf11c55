package dev.weft.scheduler;

import dev.weft.internal.timer.TimeSource;
import dev.weft.internal.timer.TimerShard;
import org.jspecify.annotations.Nullable;

/// Where a machine looks for its next goroutine, and in which order (SCH-7).
///
/// ```
/// own()     due timers of the own processor
///           just woken, and every 61st time slice: the slot of a processor that is handed
///             off, or half of such a ring
///           every 61st time slice: one goroutine of the global queue     (SCH-8)
///           the slot, then the own ring                                  (SCH-3)
///           a batch of the global queue                                  (SCH-9)
/// others()  if it may spin: up to four passes over all processors        (SCH-13)
///             half of a ring                                             (SCH-14)
///             the slot of a processor that is handed off
///             in the last pass only: due timers; and after a moment, if
///               there was anything in a slot, all that and the slots     (SCH-15)
///           the global queue once more
/// ```
///
/// Left out of Go's order: the stops for the garbage collector and the poller for the network,
/// which the JVM has of its own. One object a machine; used by its thread only.
final class WorkSearch {

  /// How often the global queue goes first; a prime, so that it does not fall into step with
  /// something in the program.
  private static final int GLOBAL_EVERY = 61;

  private static final int PASSES = 4;

  private final Core core;
  private final Machine machine;
  private final Processor processor;
  private final VictimOrder order;
  private final SlotGrace grace;

  WorkSearch(Core core, Machine machine) {
    this(core, machine, new SlotGrace());
  }

  WorkSearch(Core core, Machine machine, SlotGrace grace) {
    this.core = core;
    this.machine = machine;
    this.processor = machine.processor;
    this.order = new VictimOrder(machine.id());
    this.grace = grace;
  }

  /// Looks at what belongs to this machine, and at the global queue. Null: nothing there.
  @Nullable Schedulable own() {
    serviceTimers();
    Schedulable found = null;
    boolean turn = processor.tick() % GLOBAL_EVERY == 0;
    if (turn || machine.isSpinning()) {
      found = fromHandedOff();
    }
    if (found == null && turn && core.global.size() != 0) {
      found = core.global.pollFirst();
    }
    if (found == null) {
      found = processor.runNext.take();
      if (found != null) {
        processor.countSwitch();
        return found;
      }
      found = processor.queue.poll();
    }
    if (found == null) {
      found = fromGlobal();
    }
    if (found != null) {
      processor.countSlice();
    }
    return found;
  }

  /// Whether [#own] would take what is alone in the ring: else something may come before it,
  /// compute for long, and other machines that have work of their own would not find what waits
  /// here.
  boolean takesRingNext() {
    return processor.tick() % GLOBAL_EVERY != 0
        && processor.timers.nextDeadline() == TimeSource.NEVER
        && core.permitted() <= core.procs();
  }

  /// Looks at what belongs to others. Null: nothing there, or it was not this machine's turn to
  /// look.
  @Nullable Schedulable others() {
    if (!machine.startSpinning()) {
      return null;
    }
    Schedulable found = null;
    for (int pass = 1; pass < PASSES && found == null; pass++) {
      found = pass(core.table.all(), false);
    }
    if (found == null) {
      found = lastPass();
    }
    if (found != null) {
      core.stats.countSteal();
    } else {
      found = fromGlobal();
    }
    if (found != null) {
      processor.countSlice();
    }
    return found;
  }

  private @Nullable Schedulable fromGlobal() {
    return core.global.size() == 0 ? null : core.global.pollBatch(core.procs(), processor.queue);
  }

  /// Takes over from a machine that is stuck: what it would have run next, else half of its ring.
  ///
  /// Go moves the processor, and its queue goes on as before. Here a machine gets to the queues of
  /// others last; those of a stuck one would wait as long as the global queue does not run dry, and
  /// goroutines that yield keep it filled for ever.
  private @Nullable Schedulable fromHandedOff() {
    if (core.permitted() <= core.procs()) {
      return null;
    }
    Machine[] all = core.table.all();
    Schedulable stolen = null;
    for (int i = 0; i < all.length && stolen == null; i++) {
      if (mayTakeOver(all[i])) {
        stolen = stealSlot(all[i].processor);
      }
    }
    for (int i = 0; i < all.length && stolen == null; i++) {
      if (mayTakeOver(all[i])) {
        stolen = all[i].processor.queue.stealInto(processor.queue);
      }
    }
    if (stolen != null) {
      core.stats.countSteal();
    }
    return stolen;
  }

  private boolean mayTakeOver(Machine other) {
    return other != machine && other.processor.isHandedOff();
  }

  private @Nullable Schedulable pass(Machine[] all, boolean afterGrace) {
    order.start(all.length);
    for (int i = order.next(); i >= 0; i = order.next()) {
      Schedulable stolen = stealFrom(all[i]);
      if (stolen == null && afterGrace) {
        stolen = grace.steal(i, all[i].processor);
      }
      if (stolen != null) {
        return stolen;
      }
    }
    return null;
  }

  /// Takes half of a ring, or the slot of a processor that is handed off.
  private @Nullable Schedulable stealFrom(Machine victim) {
    if (victim == machine) {
      return null;
    }
    Schedulable stolen = victim.processor.queue.stealInto(processor.queue);
    if (stolen == null && victim.processor.isHandedOff()) {
      stolen = stealSlot(victim.processor);
    }
    return stolen;
  }

  private @Nullable Schedulable stealSlot(Processor victim) {
    Schedulable next = victim.runNext.peek();
    return next != null && victim.runNext.steal(next) ? next : null;
  }

  private @Nullable Schedulable lastPass() {
    Schedulable readied = readiedByTimer();
    if (readied != null) {
      return readied;
    }
    Machine[] all = core.table.all();
    grace.begin(all.length);
    try {
      for (int i = 0; i < all.length; i++) {
        if (all[i] != machine) {
          grace.note(i, all[i].processor);
        }
      }
      Schedulable stolen = pass(all, false);
      if (stolen == null && grace.hasNoted()) {
        grace.await();
        stolen = readiedByTimer();
        if (stolen == null) {
          stolen = pass(all, true);
        }
      }
      return stolen;
    } finally {
      grace.end();
    }
  }

  private @Nullable Schedulable readiedByTimer() {
    return runAllTimers() > 0 ? processor.runNext.take() : null;
  }

  private void serviceTimers() {
    TimerShard timers = processor.timers;
    long earliest = timers.nextDeadline();
    if (earliest == TimeSource.NEVER) {
      return;
    }
    long now = TimeSource.now();
    core.coarseClock(now);
    if (timers.wantsService(now)) {
      machine.runTimers(timers, now);
    } else {
      core.monitor().timerAt(earliest);
    }
  }

  /// Runs the due timers of all shards: of a shard whose processors are busy or stuck, or belong to
  /// machines that are idle or have ended, nobody else does.
  ///
  /// @return how many have fired
  int runAllTimers() {
    long now = TimeSource.now();
    int fired = 0;
    for (TimerShard shard : core.timerShards()) {
      if (shard.nextDeadline() <= now) {
        fired += machine.runTimers(shard, now);
      }
    }
    return fired;
  }
}
