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
///             in the last pass only: due timers, the slot of any         (SCH-15)
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

  /// How long the slot of a running processor is left to its owner: about the time in which a
  /// goroutine that has readied another one gets around to parking.
  private static final long SLOT_GRACE_NANOS = 3_000;

  private final Core core;
  private final Machine machine;
  private final Processor processor;
  private final VictimOrder order;

  WorkSearch(Core core, Machine machine) {
    this.core = core;
    this.machine = machine;
    this.processor = machine.processor;
    this.order = new VictimOrder(machine.id());
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

  /// Looks at what belongs to others. Null: nothing there, or it was not this machine's turn to
  /// look.
  @Nullable Schedulable others() {
    if (!machine.startSpinning()) {
      return null;
    }
    for (int pass = 1; pass <= PASSES; pass++) {
      Schedulable found = pass(pass == PASSES);
      if (found != null) {
        core.stats.countSteal();
        processor.countSlice();
        return found;
      }
    }
    Schedulable found = fromGlobal();
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
        stolen = stealSlot(all[i].processor, all[i].isIdle());
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

  private @Nullable Schedulable pass(boolean last) {
    if (last && runAllTimers() > 0) {
      Schedulable readied = processor.runNext.take();
      if (readied != null) {
        return readied;
      }
    }
    Machine[] all = core.table.all();
    order.start(all.length);
    for (int i = order.next(); i >= 0; i = order.next()) {
      Processor victim = all[i].processor;
      if (victim == processor) {
        continue;
      }
      Schedulable stolen = victim.queue.stealInto(processor.queue);
      if (stolen == null && (last || victim.isHandedOff())) {
        stolen = stealSlot(victim, all[i].isIdle());
      }
      if (stolen != null) {
        return stolen;
      }
    }
    return null;
  }

  /// Takes the slot of another processor, unless its owner is just about to run it.
  private @Nullable Schedulable stealSlot(Processor victim, boolean idle) {
    Schedulable next = victim.runNext.peek();
    if (next == null) {
      return null;
    }
    if (!idle && !victim.isHandedOff()) {
      // The same goroutine may be in the slot again after its owner ran it and another one, two
      // that talk to each other. So the owner's progress is what counts, not the reference.
      long before = victim.switches();
      long until = TimeSource.now() + SLOT_GRACE_NANOS;
      while (TimeSource.now() < until) {
        Thread.onSpinWait();
        if (victim.switches() != before) {
          return null;
        }
      }
    }
    return victim.runNext.steal(next) ? next : null;
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
