package dev.weft.internal.carrier;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The outcome of looking for the JDK's private parts: all five handles, or the reason why not.
///
/// @param newThread `(Executor, String, int, Runnable) -> Thread`: an unstarted virtual thread
///   whose continuation the executor is given whenever it can run
/// @param currentCarrier `() -> Thread`: the platform thread under the calling thread
/// @param schedulerOf `(Thread) -> Executor`: the executor of a virtual thread
/// @param jdkScheduler `() -> Executor`: the JDK's own scheduler of virtual threads
/// @param osYield `() -> void`: yields the platform thread under the caller, pinned or not
/// @param failure why the handles are missing, or null when they are there
record CarrierHandles(
    @Nullable MethodHandle newThread,
    @Nullable MethodHandle currentCarrier,
    @Nullable MethodHandle schedulerOf,
    @Nullable MethodHandle jdkScheduler,
    @Nullable MethodHandle osYield,
    @Nullable String failure) {

  /// Looks everything up.
  ///
  /// @param lookup with the rights of the module that `java.lang` must be open to
  /// @param virtualThread the name of the class to expect; tests pass another one to play a later
  ///   JDK
  static CarrierHandles find(Lookup lookup, String virtualThread) {
    try {
      Class<?> type = Class.forName(virtualThread, false, null);
      Lookup inThread = MethodHandles.privateLookupIn(Thread.class, lookup);
      Lookup inVirtual = MethodHandles.privateLookupIn(type, lookup);
      MethodHandle newThread =
          inThread.findConstructor(
              type,
              methodType(void.class, Executor.class, String.class, int.class, Runnable.class));
      MethodHandle schedulerOf = inVirtual.findGetter(type, "scheduler", Executor.class);
      if (Thread.ofVirtual().unstarted(() -> {}).getClass() != type) {
        return failed(
            "this JVM runs without continuations, each virtual thread on a platform thread of its"
                + " own; that of another system, or one without -XX:-VMContinuations, would help");
      }
      return new CarrierHandles(
          newThread.asType(newThread.type().changeReturnType(Thread.class)),
          inThread.findStatic(Thread.class, "currentCarrierThread", methodType(Thread.class)),
          schedulerOf.asType(methodType(Executor.class, Thread.class)),
          inVirtual.findStatic(type, "defaultScheduler", methodType(Executor.class)),
          inThread.findStatic(Thread.class, "yield0", methodType(void.class)),
          null);
    } catch (IllegalAccessException closed) {
      return failed(
          "java.lang is not open to "
              + moduleName(lookup)
              + "; start the JVM with --add-opens java.base/java.lang="
              + openTarget(lookup)
              + ", or with -javaagent:weft-core.jar, or from an executable jar with the manifest entry"
              + " Add-Opens: java.base/java.lang");
    } catch (ReflectiveOperationException missing) {
      return failed(
          "JDK "
              + Runtime.version().feature()
              + " has no virtual thread that takes a scheduler as JDK 25 has ("
              + missing
              + "); no flag helps");
    }
  }

  private static CarrierHandles failed(String reason) {
    return new CarrierHandles(null, null, null, null, null, reason);
  }

  private static String moduleName(Lookup lookup) {
    Module module = lookup.lookupClass().getModule();
    return module.isNamed() ? "module " + module.getName() : "the class path";
  }

  private static String openTarget(Lookup lookup) {
    Module module = lookup.lookupClass().getModule();
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }
}
