package dev.weft.defer;

import dev.weft.base.Body;
import dev.weft.base.FatalError;
import dev.weft.base.Goexit;
import dev.weft.base.ThrowingConsumer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A function in the manner of Go: it may defer work to its end, and that work may look at the
/// result, change it, and recover from what was thrown.
///
/// ```java
/// static int copy(Path from, Path to) throws IOException {
///   return Defer.call(
///       f -> {
///         InputStream in = f.closing(Files.newInputStream(from));
///         OutputStream out = Files.newOutputStream(to);
///         f.defer(out::close);
///         f.defer(() -> log("copied " + f.result()));
///         return (int) in.transferTo(out);
///       });
/// }
/// ```
///
/// What was deferred runs when the body has returned, thrown or called `goexit()`, the latest
/// first, on the same thread, each of it whatever the others do (DEF-1, DEF-16). In Go each
/// function is such a scope; here the lambda is. For a resource that is closed at the end of a
/// block, and nothing else, `try`-with-resources says it shorter: see `docs/defer.md` of the
/// project.
///
/// **What goes out.** What the body returned, or the last [#result(Object)]; or what the body
/// threw, as it is. If a deferred action throws, that replaces what was on its way, which it keeps
/// as suppressed (DEF-9). An exception that callers cannot see coming, a checked one of a deferred
/// action, comes as the value and cause of a [Panic].
///
/// **Recovering.** [#recover()] in a deferred action takes what was thrown and stops it: the other
/// actions run, and the function returns its result as it then is, null unless somebody has set it
/// (DEF-7).
///
/// Not for use by several threads: every method throws an IllegalStateException on another thread
/// than the one that called the function, and after its end. Nothing here waits or looks at the
/// interrupt flag.
///
/// Different from Go:
///
/// - `recover()` works wherever the scope is at hand, also in a helper that was given it; Go looks
///   at who calls it (DEF-6).
/// - Null in place of an action is refused at once, not when it would run (DEF-3).
/// - A [FatalError] runs deferred actions, since the process goes on, but nobody can recover from
///   it.
///
/// @param <T> what the function returns
public final class Defer<T extends @Nullable Object> {

  /// Causes can form a circle.
  private static final int MAX_CAUSES = 100;

  private final Thread thread = Thread.currentThread();

  // The deferred actions, latest first.
  private @Nullable Action top;
  private @Nullable T result;

  // What is on its way out: a throwable, or a goexit, or both if it was thrown after that.
  private @Nullable Throwable panic;
  private boolean goexit;

  // What the body threw: it goes out as it is, also if it is thrown again.
  private @Nullable Throwable ofBody;

  // What the running action has recovered: kept by what it throws (DEF-11).
  private @Nullable Throwable recovered;

  private boolean unwinding;
  private boolean over;

  private record Action(Body body, @Nullable Action next) {}

  private Defer() {}

  /// A function with a result.
  ///
  /// @param <T> what it returns
  /// @param <X> what it may throw
  @FunctionalInterface
  public interface Function<T extends @Nullable Object, X extends Throwable> {

    /// Does its work.
    ///
    /// @param scope where to defer, valid until the function has ended
    /// @return the result, unless a deferred action changes it
    /// @throws X whatever it cannot handle
    T call(Defer<T> scope) throws X;
  }

  /// A function without a result.
  ///
  /// @param <X> what it may throw
  @FunctionalInterface
  public interface Procedure<X extends Throwable> {

    /// Does its work.
    ///
    /// @param scope where to defer, valid until the procedure has ended
    /// @throws X whatever it cannot handle
    void run(Defer<@Nullable Void> scope) throws X;
  }

  /// Runs a function and what it defers.
  ///
  /// If the result is not assigned to something that has a type, say which: `Defer.<String,
  /// RuntimeException>call(...)`.
  ///
  /// @param <T> what it returns
  /// @param <X> what it may throw
  /// @param body the function
  /// @return its result
  /// @throws X what the body threw, unless it was recovered or replaced
  public static <T extends @Nullable Object, X extends Throwable> T call(Function<T, X> body)
      throws X {
    Objects.requireNonNull(body, "body");
    Defer<T> scope = new Defer<>();
    try {
      scope.result = body.call(scope);
    } catch (Throwable thrown) {
      scope.ofBody = thrown;
      scope.raise(thrown);
    }
    scope.unwind();
    return scope.<X>end();
  }

  /// Runs a function without a result, and what it defers.
  ///
  /// @param <X> what it may throw
  /// @param body the function
  /// @throws X what the body threw, unless it was recovered or replaced
  public static <X extends Throwable> void run(Procedure<X> body) throws X {
    Objects.requireNonNull(body, "body");
    Defer.<@Nullable Void, X>call(
        scope -> {
          body.run(scope);
          return null;
        });
  }

  /// Defers an action to the end of the function: `defer action()`. If deferred actions are running
  /// already it comes next (DEF-21).
  ///
  /// @param action what to do; it may throw, and use this scope
  public void defer(Body action) {
    check();
    top = new Action(Objects.requireNonNull(action, "action"), top);
  }

  /// Defers an action with an argument, which is evaluated now (DEF-2): `defer action(argument)`.
  ///
  /// @param <A> what the action takes
  /// @param action what to do
  /// @param argument what to do it with
  public <A extends @Nullable Object> void defer(
      ThrowingConsumer<? super A, ?> action, A argument) {
    Objects.requireNonNull(action, "action");
    defer(() -> action.take(argument));
  }

  /// Defers the closing of a resource.
  ///
  /// @param <R> its type
  /// @param resource what to close at the end of the function
  /// @return the resource
  public <R extends AutoCloseable> R closing(R resource) {
    defer(Objects.requireNonNull(resource, "resource")::close);
    return resource;
  }

  /// {@return what the function is going to return: in a deferred action, what its body returned or
  /// what was set last; null if the body threw, or has not returned yet, and nothing was set}
  public @Nullable T result() {
    check();
    return result;
  }

  /// Changes what the function is going to return; from a deferred action, since what the body
  /// returns comes after everything it has done (DEF-4).
  ///
  /// @param changed the new result
  public void result(T changed) {
    check();
    result = changed;
  }

  /// Takes what was thrown, and stops it.
  ///
  /// Null if nothing was: that is, in the body, after a normal return, after a goexit, which
  /// nothing stops, and when it was taken already (DEF-6, DEF-8, DEF-16). Null also for a
  /// [FatalError], which goes on.
  ///
  /// @return what was thrown last (DEF-9), or null; a [Panic] has the value of a `panic`
  public @Nullable Throwable recover() {
    check();
    Throwable taken = panic;
    if (taken == null || taken instanceof FatalError || !unwinding) {
      return null;
    }
    panic = null;
    recovered = taken;
    return taken;
  }

  private void check() {
    if (over) {
      throw new IllegalStateException(
          "the function that this " + this + " belongs to has ended: use it in its body only");
    }
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          this + " belongs to " + thread + ", not to " + Thread.currentThread());
    }
  }

  // ---- The end of the function ----

  /// Runs all that was deferred. Whatever fails, even the bookkeeping for want of memory, the other
  /// actions run.
  private void unwind() {
    unwinding = true;
    Action action;
    while ((action = top) != null) {
      top = action.next;
      recovered = null;
      try {
        run(action.body);
      } catch (Throwable failed) {
        panic = failed;
      }
    }
    over = true;
  }

  private void run(Body action) {
    try {
      action.run();
    } catch (Throwable thrown) {
      raise(thrown);
    }
  }

  /// Something was thrown. It replaces what was on its way.
  private void raise(Throwable thrown) {
    if (thrown instanceof Goexit) {
      goexit = true;
      panic = null; // Go drops it, too (DEF-18)
      return;
    }
    Throwable replaced = panic != null ? panic : recovered;
    panic = thrown;
    panic = visible(thrown);
    if (replaced != null && !names(panic, replaced)) {
      panic.addSuppressed(replaced);
    }
  }

  /// Whether one is the other, or has it among its causes.
  @SuppressWarnings("ReferenceEquality") // the same throwable, not an equal one
  private static boolean names(Throwable thrown, Throwable sought) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (cause == sought) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /// What may leave a function whose callers know what its body throws, but not what its deferred
  /// actions do.
  @SuppressWarnings("ReferenceEquality") // the same throwable, not an equal one
  private Throwable visible(Throwable thrown) {
    if (thrown instanceof RuntimeException || thrown instanceof Error || thrown == ofBody) {
      return thrown;
    }
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new Panic(thrown);
  }

  /// What is thrown here is what the body threw, or unchecked. A result that was never set is null,
  /// Go's zero value, also where T says otherwise: nothing else is at hand.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  private <X extends Throwable> T end() throws X {
    if (panic != null) {
      throw (X) panic;
    }
    if (goexit) {
      throw Goexit.INSTANCE;
    }
    return result;
  }

  /// `Defer@1a2b[panicking]`: for messages.
  @Override
  public String toString() {
    String state = over ? "ended" : panic != null ? "panicking" : unwinding ? "ending" : "running";
    return "Defer@" + Integer.toHexString(hashCode()) + "[" + state + "]";
  }
}
