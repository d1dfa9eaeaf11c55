package dev.weft.benchmarks.floor;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What virtual threads cost on the least scheduler that there can be: a queue of one thread, which
/// nobody else may touch.
///
/// A goroutine is a virtual thread, so what these rows have above [ContinuationSwitch] is the
/// JDK's: no library can do without it, but one that leaves virtual threads out. What goroutines
/// have above these rows is Weft's.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 3,
    jvmArgsPrepend = {
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
public abstract class VirtualThreadFloor {
  static final int OPERATIONS = 100_000;

  /// As goroutines are made: `Thread.NO_INHERIT_THREAD_LOCALS`.
  private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

  private static final MethodHandle NEW = constructor();

  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private final Executor scheduler = ready::add;

  private static MethodHandle constructor() {
    try {
      Class<?> type = Class.forName("java.lang.VirtualThread");
      return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
          .findConstructor(
              type, methodType(void.class, Executor.class, String.class, int.class, Runnable.class))
          .asType(
              methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// A virtual thread that [#runAll()] runs once it is started.
  final Thread unstarted(Runnable body) {
    try {
      return (Thread) NEW.invokeExact(scheduler, (String) null, NO_INHERIT_THREAD_LOCALS, body);
    } catch (Throwable e) {
      throw new IllegalStateException("no virtual thread was made", e);
    }
  }

  /// Runs them by turns until none is ready.
  ///
  /// @return how often one was run
  final long runAll() {
    long runs = 0;
    Runnable next;
    while ((next = ready.poll()) != null) {
      next.run();
      runs++;
    }
    return runs;
  }

  /// Fails if something else was measured.
  static long checked(long done) {
    if (done != OPERATIONS) {
      throw new IllegalStateException(done + " of " + OPERATIONS + " operations were done");
    }
    return done;
  }
}
