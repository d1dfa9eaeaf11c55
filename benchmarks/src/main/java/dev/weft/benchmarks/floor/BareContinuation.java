package dev.weft.benchmarks.floor;

import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/// The JDK's own continuation, of which every virtual thread has one.
///
/// Its package is exported by a flag of the fork and not to the compiler, hence the method handles;
/// as constants they are inlined.
final class BareContinuation {
  private static final MethodHandle NEW;
  private static final MethodHandle RUN;
  private static final MethodHandle IS_DONE;
  private static final MethodHandle YIELD;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
      Class<?> type = Class.forName("jdk.internal.vm.Continuation");
      Object ours =
          lookup.findConstructor(scope, methodType(void.class, String.class)).invoke("bench");
      MethodHandle constructor =
          lookup.findConstructor(type, methodType(void.class, scope, Runnable.class));
      MethodHandle yield = lookup.findStatic(type, "yield", methodType(boolean.class, scope));
      NEW = insertArguments(constructor, 0, ours).asType(methodType(Object.class, Runnable.class));
      RUN =
          lookup
              .findVirtual(type, "run", methodType(void.class))
              .asType(methodType(void.class, Object.class));
      IS_DONE =
          lookup
              .findVirtual(type, "isDone", methodType(boolean.class))
              .asType(methodType(boolean.class, Object.class));
      YIELD = insertArguments(yield, 0, ours);
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Object continuation;

  BareContinuation(Runnable target) {
    try {
      continuation = (Object) NEW.invokeExact(target);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// Runs it until it yields or ends.
  void run() {
    try {
      RUN.invokeExact(continuation);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  boolean isDone() {
    try {
      return (boolean) IS_DONE.invokeExact(continuation);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// Leaves the current one.
  static void yieldNow() {
    try {
      boolean mounted = (boolean) YIELD.invokeExact();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(Throwable e) {
    return new IllegalStateException("a continuation failed", e);
  }
}
