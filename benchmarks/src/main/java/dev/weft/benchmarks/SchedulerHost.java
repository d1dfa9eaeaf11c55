package dev.weft.benchmarks;

import dev.weft.base.Body;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.scheduler.SchedulerStats;
import java.util.Optional;

/// Runs goroutines, on either backend.
final class SchedulerHost implements Host {
  private final Scheduler scheduler;

  SchedulerHost(Backend backend, int procs) {
    if (backend == Backend.JDK) {
      VirtualThreadHost.limitCarriers(procs);
    }
    scheduler = Scheduler.builder().backend(backend).procs(procs).name("bench").build();
  }

  @Override
  public void run(Body body) throws InterruptedException {
    Goroutine goroutine = scheduler.go(body);
    goroutine.join();
    if (goroutine.failure() != null) {
      throw new IllegalStateException(goroutine + " failed", goroutine.failure());
    }
  }

  @Override
  public Optional<SchedulerStats> stats() {
    return scheduler.backend().backend() == Backend.GPM
        ? Optional.of(scheduler.stats())
        : Optional.empty();
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
