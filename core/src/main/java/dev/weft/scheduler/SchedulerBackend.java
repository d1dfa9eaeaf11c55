package dev.weft.scheduler;

import dev.weft.base.Body;
import org.jspecify.annotations.Nullable;

/// What runs the goroutines of one [Scheduler].
sealed interface SchedulerBackend permits GpmBackend, JdkBackend {

  /// Makes a goroutine whose thread is not started. The caller does that, or gives the thread to
  /// somebody who does.
  Goroutine newGoroutine(Scheduler scheduler, @Nullable String name, Body body);

  /// The goroutines that have started and not ended.
  LiveGoroutines live();

  /// Takes one off that list, because it ends or could not start.
  void ended(Goroutine goroutine);

  /// How many may run at the same time.
  int procs();

  /// Changes that number, 1 or more.
  ///
  /// @return the number before
  int setProcs(int procs);

  /// Adds what only the backend knows.
  SchedulerStats stats();

  /// The scheduler is closed. Goroutines that are left go on, and so do virtual threads that they
  /// have started; when the last goroutine ends and there were no such threads, the threads of the
  /// backend end.
  void retire();
}
