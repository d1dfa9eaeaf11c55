package dev.weft.scheduler;

import java.util.List;

/// A look at a scheduler, for people and for metrics. It is put together from counters that change
/// meanwhile, so they need not agree with each other to the last one.
///
/// On the jdk backend only the first three components mean something; the others are 0 or empty,
/// because the JDK does not tell.
///
/// @param backend what runs the goroutines
/// @param procs how many goroutines may run at the same time (Go: `GOMAXPROCS`)
/// @param goroutines live goroutines, blocked ones included (Go: `NumGoroutine`)
/// @param threads carrier threads there are, busy or not
/// @param idleThreads carrier threads that wait for work
/// @param spinningThreads carrier threads that search for work
/// @param handedOff carrier threads that a goroutine computes on, or blocks, for so long that
///   others have taken over their queues
/// @param globalQueue runnable goroutines in the global queue
/// @param localQueues runnable goroutines in the ring of each carrier thread, those that run next
///   not counted
/// @param timers pending timers; cancelled ones may be counted for a while
/// @param switches goroutines dispatched so far, by the carrier threads there are
/// @param steals how often a carrier thread took work from another one
/// @param wakes how often an idle carrier thread was woken for work
/// @param handOffs how often a carrier thread was found stuck
/// @param spareThreads carrier threads started beyond the first ones
/// @param threadStartsFailed how often the system refused another thread
/// @param internalFailures throwables that came out of a continuation, a timer or the monitor; each
///   was given to the uncaught exception handler of the thread it came up on
public record SchedulerStats(
    Backend backend,
    int procs,
    int goroutines,
    int threads,
    int idleThreads,
    int spinningThreads,
    int handedOff,
    int globalQueue,
    List<Integer> localQueues,
    int timers,
    long switches,
    long steals,
    long wakes,
    long handOffs,
    long spareThreads,
    long threadStartsFailed,
    long internalFailures) {

  /// Copies the list.
  public SchedulerStats {
    localQueues = List.copyOf(localQueues);
  }
}
