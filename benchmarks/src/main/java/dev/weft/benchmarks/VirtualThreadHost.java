package dev.weft.benchmarks;

import dev.weft.base.Body;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import jdk.management.VirtualThreadSchedulerMXBean;

/// Runs plain virtual threads, without anything of Weft.
public final class VirtualThreadHost implements Host {

  /// Creates it.
  ///
  /// @param procs on how many carrier threads
  public VirtualThreadHost(int procs) {
    limitCarriers(procs);
  }

  @Override
  public void run(Body body) throws InterruptedException {
    FutureTask<Void> task = new FutureTask<>(asRunnable(body), null);
    Thread.startVirtualThread(task);
    try {
      task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a virtual thread failed", e.getCause());
    }
  }

  /// A body as what a thread takes.
  public static Runnable asRunnable(Body body) {
    return () -> {
      try {
        body.run();
      } catch (Throwable e) {
        throw new IllegalStateException("a virtual thread failed", e);
      }
    };
  }

  static void limitCarriers(int procs) {
    // The property is where the jdk backend reads it; the bean is what changes it in a running JVM.
    System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(procs));
    ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class).setParallelism(procs);
  }
}
