package dev.weft.internal.park;

import dev.weft.base.Body;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Scheduler;

/// Starts threads of one kind: every kind that may wait in Weft's primitives has to pass the same
/// tests.
interface Threads extends AutoCloseable {

  /// Starts a thread that runs the body.
  Thread start(Body body);

  @Override
  default void close() {}

  static Threads platform() {
    return body -> Thread.ofPlatform().daemon().start(runnable(body));
  }

  static Threads virtual() {
    return body -> Thread.ofVirtual().start(runnable(body));
  }

  /// Goroutines of a scheduler of their own.
  static Threads goroutines(Backend backend) {
    Scheduler scheduler = Scheduler.builder().name("park-test").backend(backend).procs(2).build();
    return new Threads() {
      @Override
      public Thread start(Body body) {
        return scheduler.go(body).thread();
      }

      @Override
      public void close() {
        scheduler.close();
      }
    };
  }

  private static Runnable runnable(Body body) {
    return () -> {
      try {
        body.run();
      } catch (Throwable thrown) {
        throw new AssertionError("the body of " + Thread.currentThread() + " failed", thrown);
      }
    };
  }
}
