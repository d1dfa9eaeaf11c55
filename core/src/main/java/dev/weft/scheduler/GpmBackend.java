package dev.weft.scheduler;

import dev.weft.base.Body;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goroutines on machines of our own: see [Core].
final class GpmBackend implements SchedulerBackend {

  private final Core core;

  GpmBackend(Settings settings) {
    core = new Core(settings);
    try {
      core.start();
    } catch (Throwable failed) {
      core.end(); // those that have started
      throw failed;
    }
  }

  Core core() {
    return core;
  }

  @Override
  public Goroutine newGoroutine(Scheduler scheduler, @Nullable String name, Body body) {
    return new GpmGoroutine(scheduler, core, name, body);
  }

  /// Ends the machines when the scheduler is unreachable: then nothing can become runnable any
  /// more.
  ///
  /// The machines know only the core, and every goroutine, and through its executor every virtual
  /// thread that one has started, knows its scheduler.
  void endWith(Scheduler scheduler) {
    Core toEnd = core;
    Unreachable.CLEANER.register(scheduler, toEnd::end);
  }

  /// Made with the first scheduler that may be closed.
  private static final class Unreachable {
    static final Cleaner CLEANER = Cleaner.create();
  }

  @Override
  public LiveGoroutines live() {
    return core.live;
  }

  @Override
  public void ended(Goroutine goroutine) {
    core.ended(goroutine);
  }

  @Override
  public int procs() {
    return core.procs();
  }

  @Override
  public int setProcs(int procs) {
    int most = core.settings().maxThreads();
    if (procs > most) {
      throw new IllegalArgumentException(
          "procs("
              + procs
              + ") asks for more than the "
              + most
              + " threads that the builder's maxThreads permits; each processor needs one");
    }
    return core.setProcs(procs);
  }

  @Override
  public void retire() {
    core.retire();
  }

  @Override
  public SchedulerStats stats() {
    int threads = 0;
    int idle = 0;
    int handedOff = 0;
    long switches = 0;
    List<Integer> localQueues = new ArrayList<>();
    for (Machine machine : core.table.all()) {
      if (!machine.isAlive()) {
        continue; // it ended with the scheduler: only the monitor takes machines out of the table
      }
      threads++;
      idle += machine.isIdle() ? 1 : 0;
      handedOff += machine.processor.isHandedOff() ? 1 : 0;
      switches += machine.processor.switches();
      localQueues.add(machine.processor.queue.size());
    }
    CoreStats counters = core.stats;
    return new SchedulerStats(
        Backend.GPM,
        core.procs(),
        core.live.count(),
        threads,
        idle,
        core.control.spinning(),
        handedOff,
        core.global.size(),
        localQueues,
        core.pendingTimers(),
        switches,
        counters.steals(),
        counters.wakes(),
        counters.handOffs(),
        counters.machinesStarted(),
        counters.startsFailed(),
        counters.failures());
  }
}
