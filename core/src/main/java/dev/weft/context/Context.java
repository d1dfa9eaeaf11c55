package dev.weft.context;

import dev.weft.base.Body;
import dev.weft.base.ThrowingRunnable;
import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Tells those who work on something when to stop, how long they have, and what belongs to it:
/// `context.Context`.
///
/// ```java
/// try (CancelContext ctx = Context.withTimeout(parent, Duration.ofSeconds(2))) {
///   var answer = answers.onReceive();
///   var done = ctx.done().onReceive();
///   if (select(answer, done) == 0) {
///     return answer.value();
///   }
///   throw ctx.err();
/// }
/// ```
///
/// Contexts form trees. A derived one is done when its parent is, or before; that its own end is
/// near or was asked for does nothing to its parent (CTX-6, CTX-7). Close what you have derived:
/// until then its parent refers to it. No thread and no goroutine belongs to a context.
///
/// Contexts are immutable but for being done, which happens once. Any kind of thread may use one.
/// Memory: what a thread does before it cancels is visible to whoever sees that it is done.
/// Equality is identity.
///
/// Go's rule holds here, too: give a context as the first parameter, do not keep it in a field.
/// Where it would have to go through code that knows nothing of it, bind it: [#run], [#current].
public abstract sealed class Context permits RootContext, ValueContext, CancelContext {

  /// CTX-2, as Go puts it.
  static final String NO_PARENT = "cannot create context from nil parent";

  Context() {}

  // ---- What it says ----

  /// {@return a channel that is closed when the context is done: `Done`} Nothing is ever sent on
  /// it. Always the same one. For a context that can never be done it is the nil channel, which no
  /// select ever chooses.
  public abstract ReceiveChannel<Object> done();

  /// {@return why it is done; null while it is not: `Err`} Once it is not null it stays the same
  /// (CTX-3).
  public abstract @Nullable ContextException err();

  /// {@return what it was cancelled for; null while it is not done: `context.Cause`} Where nobody
  /// gave a cause it is [#err()] (CTX-17).
  public abstract @Nullable Throwable cause();

  /// {@return when it will be done at the latest, if that is known: `Deadline`}
  public abstract Optional<Instant> deadline();

  /// {@return whether it is done}
  public final boolean isDone() {
    return err() != null;
  }

  /// Does nothing while the context is not done.
  ///
  /// @throws ContextException if it is: [#err()]
  public final void check() {
    ContextException err = err();
    if (err != null) {
      throw err;
    }
  }

  /// {@return the value of a key, in this context or the nearest one above; null if there is none:
  /// `Value`}
  ///
  /// @param <T> the type of the value
  /// @param key what to look for, by identity
  @SuppressWarnings("unchecked") // the key says so
  public final <T> @Nullable T value(ContextKey<T> key) {
    Objects.requireNonNull(key, "key");
    Context at = this;
    while (at != null) {
      if (at instanceof ValueContext<?> bound && bound.key == key) {
        return (T) bound.value;
      }
      at = at.parent();
    }
    return null;
  }

  /// The context that this one was derived from.
  abstract @Nullable Context parent();

  /// The nearest context that can be cancelled: itself or one above.
  abstract @Nullable CancelContext canceler();

  /// What the text of this context has after that of its parent.
  abstract String suffix();

  // ---- Deriving ----

  /// {@return the context that is never done, has no deadline and no values: `Background`} All
  /// trees begin with it.
  public static Context background() {
    Linkage.prepare();
    return RootContext.BACKGROUND;
  }

  /// A context that can be cancelled: `WithCancel`, and `WithCancelCause`.
  ///
  /// @param parent what it is derived from
  /// @return the context; close it when the work is over
  public static CancelContext withCancel(Context parent) {
    return CancelContext.derive(parent, null, null);
  }

  /// A context that is done after some time: `WithTimeout`.
  ///
  /// @param parent what it is derived from
  /// @param timeout how long it has; nothing or less is over at once (CTX-14), more than a hundred
  ///   years is for ever
  /// @return the context; close it when the work is over
  public static CancelContext withTimeout(Context parent, Duration timeout) {
    return withTimeout(parent, timeout, null);
  }

  /// The same with a cause for the case that the time has passed: `WithTimeoutCause`.
  ///
  /// @param parent what it is derived from
  /// @param timeout how long it has
  /// @param cause what [#cause()] is then; null for the usual one
  /// @return the context; close it when the work is over
  public static CancelContext withTimeout(
      Context parent, Duration timeout, @Nullable Throwable cause) {
    return CancelContext.derive(parent, Deadline.after(Clock.system(), timeout), cause);
  }

  /// The same by a clock, so that a test can be its own time.
  ///
  /// @param parent what it is derived from
  /// @param clock what it goes by
  /// @param timeout how long it has
  /// @return the context; close it when the work is over
  public static CancelContext withTimeout(Context parent, Clock clock, Duration timeout) {
    return CancelContext.derive(parent, Deadline.after(clock, timeout), null);
  }

  /// A context that is done at a certain time: `WithDeadline`. If its parent's deadline is earlier,
  /// that one counts (CTX-12).
  ///
  /// @param parent what it is derived from
  /// @param deadline when; what is past is over at once (CTX-13). If the system's clock is set
  ///   meanwhile, that changes nothing
  /// @return the context; close it when the work is over
  public static CancelContext withDeadline(Context parent, Instant deadline) {
    return withDeadline(parent, deadline, null);
  }

  /// The same with a cause for the case that the time has come: `WithDeadlineCause`.
  ///
  /// @param parent what it is derived from
  /// @param deadline when
  /// @param cause what [#cause()] is then; null for the usual one
  /// @return the context; close it when the work is over
  public static CancelContext withDeadline(
      Context parent, Instant deadline, @Nullable Throwable cause) {
    return CancelContext.derive(parent, Deadline.at(Clock.system(), deadline), cause);
  }

  /// The same by a clock, so that a test can be its own time. Of two clocks nobody knows which
  /// deadline comes first: so a parent's that goes by another one is left to the parent.
  ///
  /// @param parent what it is derived from
  /// @param clock what it goes by
  /// @param deadline when, as [Clock#instant()] tells the time
  /// @return the context; close it when the work is over
  public static CancelContext withDeadline(Context parent, Clock clock, Instant deadline) {
    return CancelContext.derive(parent, Deadline.at(clock, deadline), null);
  }

  /// A context with a value: `WithValue`.
  ///
  /// @param <T> the type of the value
  /// @param parent what it is derived from
  /// @param key what it is found by
  /// @param value the value; null hides one from above
  /// @return the context
  public static <T> Context withValue(Context parent, ContextKey<T> key, @Nullable T value) {
    Objects.requireNonNull(parent, NO_PARENT);
    return new ValueContext<>(parent, Objects.requireNonNull(key, "nil key"), value);
  }

  /// A context with the values of another one, which is never done and has no deadline:
  /// `WithoutCancel`. For what is to go on when its request is over.
  ///
  /// @param parent whose values it has
  /// @return the context
  public static Context withoutCancel(Context parent) {
    return new RootContext(Objects.requireNonNull(parent, NO_PARENT));
  }

  // ---- When it is done ----

  /// Runs something in a goroutine of its own as soon as the context is done, or now if it is:
  /// `AfterFunc`.
  ///
  /// The goroutine is started on the scheduler of the goroutine that calls this, or on the default
  /// one if the caller is none or its scheduler is closed by then; with what `go` would hand on to
  /// it here. If it cannot be started, for want of memory, say, whoever ends the context is told.
  ///
  /// @param context whose end to wait for; if it never comes, nothing is ever run
  /// @param body what to run, once
  /// @return what can prevent it
  public static AfterFunc afterFunc(Context context, Body body) {
    return AfterFunc.register(context, body);
  }

  /// Runs something on the calling thread, and interrupts that when the context is done: for code
  /// that blocks in ways which know nothing of contexts.
  ///
  /// The interrupt does not outlive the body: if it came too late to be noticed there, the flag is
  /// cleared. If another one comes from then on until the body ends, the two cannot be told apart,
  /// and count as one.
  ///
  /// @param <T> what the body returns; may be null
  /// @param context whose end to look out for
  /// @param body what to run
  /// @return what the body returned, even if the context is done by then
  /// @throws ContextException if the context is done before it begins: [#err()]
  /// @throws Exception what the body threw; if that is an InterruptedException, `context.err()`
  ///   says whether the context is what it was for
  public static <T extends @Nullable Object> T interrupting(
      Context context, Callable<? extends T> body) throws Exception {
    return Interrupting.call(context, body);
  }

  /// Cancels a future as soon as a context is done, with `cancel(true)`, in a goroutine of its own.
  /// A CompletableFuture that is completed before is forgotten; of others stop what is returned.
  ///
  /// For the other direction: `future.whenComplete((value, failure) -> context.close())`.
  ///
  /// @param context whose end to wait for
  /// @param future what to cancel
  /// @return what can prevent it
  @SuppressWarnings("FutureReturnValueIgnored") // stopping throws nothing
  public static AfterFunc cancelOnDone(Context context, Future<?> future) {
    Objects.requireNonNull(future, "future");
    AfterFunc cancelling = afterFunc(context, () -> future.cancel(true));
    if (future instanceof CompletableFuture<?> completable) {
      completable.whenComplete((value, failure) -> cancelling.stop());
    }
    return cancelling;
  }

  // ---- Bound to what runs ----

  /// {@return the context that was bound by [#run] or [#call] around what runs now, or around what
  /// has started this goroutine; background if there is none}
  public static Context current() {
    return CurrentContext.get();
  }

  /// Runs something with this context as the [current][#current()] one, which goroutines that are
  /// started meanwhile have as well.
  ///
  /// @param <X> what it may throw
  /// @param body what to run, on the calling thread
  /// @throws X what it throws
  public final <X extends Throwable> void run(ThrowingRunnable<X> body) throws X {
    CurrentContext.run(this, Objects.requireNonNull(body, "body"));
  }

  /// The same for something that returns a value.
  ///
  /// @param <T> what it returns; may be null
  /// @param body what to run, on the calling thread
  /// @return what the body returned
  /// @throws Exception what it throws
  public final <T extends @Nullable Object> T call(Callable<? extends T> body) throws Exception {
    return CurrentContext.call(this, Objects.requireNonNull(body, "body"));
  }

  /// `context.Background.WithValue(user, ann).WithCancel`: how it was derived (CTX-28).
  @Override
  public final String toString() {
    Deque<String> suffixes = new ArrayDeque<>();
    Context at = this;
    while (at != null) {
      suffixes.push(at.suffix());
      at = at.parent();
    }
    return String.join("", suffixes);
  }

  /// For the contexts that are never done.
  static ReceiveChannel<Object> never() {
    return Channel.nil();
  }
}
