package dev.weft.internal.carrier;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Virtual threads with a scheduler of ours, where this JVM permits it.
///
/// The handles are constants, so that the JIT inlines through them. So this class is initialized
/// where there is stack for it, by whoever uses it first in the scheduler. Every method but
/// [#unavailable()] may be called only when that returned null.
public final class CarrierAccess {

  /// A characteristic of [#newThread]: do not inherit the values of inheritable thread locals, nor
  /// the context class loader. The value is that of the JDK's private constant, since JDK 19.
  public static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

  private static final CarrierHandles HANDLES =
      CarrierHandles.find(MethodHandles.lookup(), "java.lang.VirtualThread");
  private static final @Nullable MethodHandle NEW_THREAD = HANDLES.newThread();
  private static final @Nullable MethodHandle CURRENT_CARRIER = HANDLES.currentCarrier();
  private static final @Nullable MethodHandle SCHEDULER_OF = HANDLES.schedulerOf();
  private static final @Nullable MethodHandle JDK_SCHEDULER = HANDLES.jdkScheduler();
  private static final @Nullable MethodHandle OS_YIELD = HANDLES.osYield();

  /// Whether a thread's executor can be read: a constant, for hot paths.
  public static final boolean AVAILABLE = HANDLES.failure() == null;

  /// More often than java.lang.invoke counts the calls of a handle (127 times) before it spins a
  /// class for that handle alone.
  private static final int UNTIL_SETTLED = 200;

  static { // so that nothing is linked, and no class is spun, inside execute
    if (AVAILABLE) {
      Executor scheduler = Runnable::run;
      Runnable task = () -> {};
      for (int i = 0; i < UNTIL_SETTLED; i++) {
        Thread neverStarted = newThread(scheduler, null, NO_INHERIT_THREAD_LOCALS, task);
        currentCarrier();
        osYield();
        schedulerOf(neverStarted);
        jdkScheduler();
      }
    }
  }

  private CarrierAccess() {}

  /// Why the private parts of the JDK are out of reach and what would help, or null when they are
  /// not.
  public static @Nullable String unavailable() {
    return HANDLES.failure();
  }

  /// Creates an unstarted virtual thread.
  ///
  /// @param scheduler given the continuation to run, whenever the thread becomes runnable
  /// @param name the thread's name, or null for none
  /// @param characteristics 0 or [#NO_INHERIT_THREAD_LOCALS]
  /// @param task what the thread runs
  public static Thread newThread(
      Executor scheduler, @Nullable String name, int characteristics, Runnable task) {
    try {
      return (Thread)
          Objects.requireNonNull(NEW_THREAD).invokeExact(scheduler, name, characteristics, task);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /// The platform thread that the calling thread runs on: its carrier, or itself.
  public static Thread currentCarrier() {
    try {
      return (Thread) Objects.requireNonNull(CURRENT_CARRIER).invokeExact();
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /// The scheduler of a virtual thread.
  ///
  /// @param virtualThread a virtual thread
  public static Executor schedulerOf(Thread virtualThread) {
    try {
      return (Executor) Objects.requireNonNull(SCHEDULER_OF).invokeExact(virtualThread);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /// The JDK's own scheduler, which can run a continuation of any virtual thread.
  public static Executor jdkScheduler() {
    try {
      return (Executor) Objects.requireNonNull(JDK_SCHEDULER).invokeExact();
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /// Gives the rest of the platform thread's time slice to others. Unlike [Thread#yield()] it works
  /// under a pinned virtual thread too, and never unmounts.
  public static void osYield() {
    try {
      Objects.requireNonNull(OS_YIELD).invokeExact();
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /// None of the methods behind the handles declares a checked exception.
  private static RuntimeException rethrow(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    if (t instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw new AssertionError("unexpected checked exception from the JDK", t);
  }
}
