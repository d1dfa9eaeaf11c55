package dev.weft.testkit;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;

/// For tests of the first use of a class in a JVM, at every depth near the end of a stack: a class
/// whose initializer overflows the stack is broken for good.
public final class FirstUse {

  /// The worst mixture: the probe has small frames, what follows has large ones.
  private static final List<String> COMPILED_PROBE =
      List.of(
          "-Xcomp",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=compileonly,dev.weft.internal.park.StackProbe::*");

  private FirstUse() {}

  /// Runs a program that calls [#deep] in JVMs of its own; it must succeed.
  public static void run(Class<?> program, String... arguments) throws Exception {
    for (List<String> flags : List.of(List.<String>of(), COMPILED_PROBE)) {
      try (ChildJvm child = ChildJvm.start(program, flags, arguments)) {
        child.awaitSuccess(60);
      }
    }
  }

  /// Loads classes, but does not initialize them. Loading has perils of its own, inside the JDK's
  /// class loader.
  ///
  /// @param names without `dev.weft.`
  public static void load(List<String> names) throws ClassNotFoundException {
    for (String name : names) {
      Class.forName("dev.weft." + name, false, FirstUse.class.getClassLoader());
    }
  }

  /// Uses something on a thread with a short stack, and again and again on the way back from the
  /// end of that; only a StackOverflowError may come.
  ///
  /// @param use as for [Descent]
  public static void deep(IntPredicate use) throws InterruptedException {
    Thread deep = new Thread(null, () -> Descent.of(use), "deep", 512 * 1024, false);
    AtomicReference<Throwable> unexpected = new AtomicReference<>();
    deep.setUncaughtExceptionHandler((thread, failure) -> unexpected.set(failure));
    deep.start();
    deep.join();
    if (unexpected.get() != null) {
      throw new AssertionError(unexpected.get());
    }
  }
}
