package dev.weft.scheduler;

import dev.weft.base.Body;
import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.internal.park.Waiter;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/// A goroutine of the jdk backend: a plain virtual thread that knows its handle by a scoped value.
final class JdkGoroutine extends Goroutine {

  private static final ScopedValue<JdkGoroutine> CURRENT = ScopedValue.newInstance();

  private final Scheduler scheduler;
  private final JdkBackend backend;
  private final Thread thread;
  private @Nullable Body body;

  JdkGoroutine(Scheduler scheduler, JdkBackend backend, @Nullable String name, Body body) {
    this.scheduler = scheduler;
    this.backend = backend;
    this.body = body;
    Settings settings = backend.settings();
    this.thread = newThread(name, settings.inheritThreadLocals());
    UncaughtExceptionHandler handler = scheduler.uncaughtHandler();
    if (handler != null) {
      thread.setUncaughtExceptionHandler(handler);
    }
  }

  /// Makes the thread, on the JDK's scheduler. A virtual thread inherits the scheduler of the
  /// virtual thread that makes it, which may be one of ours: so it is named where that can be done,
  /// and where it cannot, there is no other.
  private Thread newThread(@Nullable String name, boolean inheritThreadLocals) {
    if (CarrierAccess.AVAILABLE) {
      int characteristics = inheritThreadLocals ? 0 : CarrierAccess.NO_INHERIT_THREAD_LOCALS;
      return CarrierAccess.newThread(
          CarrierAccess.jdkScheduler(), name, characteristics, this::run);
    }
    Thread.Builder.OfVirtual builder =
        Thread.ofVirtual().inheritInheritableThreadLocals(inheritThreadLocals);
    if (name != null) {
      builder.name(name);
    }
    return builder.unstarted(this::run);
  }

  /// The calling goroutine of the jdk backend, or null.
  ///
  /// Scoped values can flow on into threads that a structured scope starts, hence the comparison.
  static @Nullable JdkGoroutine currentJdk() {
    Thread current = Thread.currentThread();
    if (current.isVirtual() && CURRENT.isBound()) {
      JdkGoroutine goroutine = CURRENT.get();
      return goroutine.thread == current ? goroutine : null;
    }
    return null;
  }

  private void run() {
    Body toRun = body;
    if (toRun == null) {
      throw new IllegalStateException(this + " has run already");
    }
    backend.live().addStarted(this); // a thread of a factory is started by somebody else
    try {
      ScopedValue.where(CURRENT, this).run(() -> BodyRunner.run(this, toRun));
    } finally {
      body = null;
      forgetWaiter();
      backend.ended(this);
    }
  }

  @Override
  Waiter newWaiter() {
    return new Waiter(thread, backend.maySpin());
  }

  @Override
  public Thread thread() {
    return thread;
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }
}
