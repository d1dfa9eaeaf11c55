package dev.weft.scheduler;

import dev.weft.base.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goroutines as plain virtual threads, on the JDK's scheduler.
final class JdkBackend implements SchedulerBackend {

  private final Settings settings;
  private final LiveGoroutines live;
  private final boolean maySpin;

  JdkBackend(Settings settings) {
    this.settings = settings;
    this.live = new LiveGoroutines(procs(), Thread::onSpinWait);
    this.maySpin = procs() > 1;
  }

  Settings settings() {
    return settings;
  }

  @Override
  public Goroutine newGoroutine(Scheduler scheduler, @Nullable String name, Body body) {
    return new JdkGoroutine(scheduler, this, name, body);
  }

  @Override
  public LiveGoroutines live() {
    return live;
  }

  @Override
  public void ended(Goroutine goroutine) {
    live.remove(goroutine);
  }

  /// Whether a peer could run while a goroutine spins.
  boolean maySpin() {
    return maySpin;
  }

  /// What the JDK was told, or the processors there are, which is what it uses otherwise.
  @Override
  public int procs() {
    Integer told = Integer.getInteger("jdk.virtualThreadScheduler.parallelism");
    return told != null && told > 0 ? told : Runtime.getRuntime().availableProcessors();
  }

  @Override
  public int setProcs(int procs) {
    throw new UnsupportedOperationException(
        "the jdk backend runs on the JDK's scheduler, whose parallelism is set at start by"
            + " -Djdk.virtualThreadScheduler.parallelism; procs("
            + procs
            + ") needs the gpm backend");
  }

  @Override
  public void retire() {}

  @Override
  public SchedulerStats stats() {
    return new SchedulerStats(
        Backend.JDK, procs(), live.count(), 0, 0, 0, 0, 0, List.of(), 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
