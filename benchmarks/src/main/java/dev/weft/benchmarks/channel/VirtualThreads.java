package dev.weft.benchmarks.channel;

import dev.weft.base.Body;
import dev.weft.benchmarks.VirtualThreadHost;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What libraries have in common that run on the JDK's virtual threads.
abstract class VirtualThreads implements Library {

  @Override
  public final void spawn(Body body) {
    Thread.startVirtualThread(VirtualThreadHost.asRunnable(body));
  }

  @Override
  public final Task start(Body body) {
    FutureTask<Void> task = new FutureTask<>(VirtualThreadHost.asRunnable(body), null);
    Thread.startVirtualThread(task);
    return () -> {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a virtual thread failed", e.getCause());
      }
    };
  }
}
