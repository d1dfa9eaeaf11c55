package dev.weft.group;

import dev.weft.base.Body;
import dev.weft.base.Goexit;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.sync.WaitGroup;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Goroutines that work on one task together, and the first failure among them: `errgroup.Group` of
/// Go's x/sync.
///
/// ```java
/// ErrGroup pages = ErrGroup.withContext(parent);      // errgroup.WithContext(parent)
/// pages.setLimit(8);
/// for (URI address : addresses) {
///   pages.go(() -> fetch(pages.context(), address));  // waits while eight are at work
/// }
/// pages.await();                                      // throws the first failure, if there is one
/// ```
///
/// A failure is whatever a body throws, an Error included (where Go would end the process: EG-9).
/// `goexit()` is none. A failure does not stop the others by itself: with a context they can see
/// that they are not wanted any more (EG-5).
///
/// Call [#await] in any case, as Go's linters ask for Wait: it also ends the context. Where the
/// code between may throw, derive the parent with `Context.withCancel` in a try-with-resources
/// statement, so that what has been started is told.
///
/// A group is for one task; its first failure stays. Compared with a `StructuredTaskScope` it may
/// be handed around, and goroutines may start others in it. Any kind of thread may use it. Memory:
/// what a goroutine of the group does is visible to who returns from [#await]. Equality is
/// identity.
public final class ErrGroup {

  /// How many failures that came after the first one are kept; others are dropped, as Go drops all
  /// of them.
  public static final int KEPT = 100;

  private final WaitGroup running = new WaitGroup();
  private final AtomicInteger active = new AtomicInteger();
  private final Failures failures = new Failures();
  private final @Nullable CancelContext context;

  /// Null: no limit.
  private volatile @Nullable WeightedSemaphore limit;

  /// A group without limit and without a context of its own: the zero `Group` (EG-1).
  public ErrGroup() {
    this(null);
  }

  private ErrGroup(@Nullable CancelContext context) {
    this.context = context;
  }

  /// A group whose context is done at the first failure, or when [#await] returns, whatever comes
  /// first: `WithContext`. What it is then done for ([Context#cause()]) is that failure (EG-4).
  ///
  /// @param parent what the context is derived from
  /// @return the group; [#context()] is for its bodies
  public static ErrGroup withContext(Context parent) {
    return new ErrGroup(Context.withCancel(parent));
  }

  /// {@return the context of the group, for its bodies; for one without, the background}
  public Context context() {
    return context == null ? Context.background() : context;
  }

  /// Allows only so many goroutines of the group at a time: `SetLimit`.
  ///
  /// @param n how many; with 0 every [#go] waits until it is interrupted; less than 0 is no limit
  /// @throws IllegalStateException if goroutines of the group are at work (EG-7): a limit is set
  ///   before
  public void setLimit(int n) {
    int present = active.get();
    if (present > 0) {
      throw new IllegalStateException(
          "errgroup: modify limit while "
              + present
              + " goroutines in the group are still active; set it before the first go()");
    }
    limit = n < 0 ? null : new WeightedSemaphore(n);
  }

  /// Starts a goroutine of the group, on the scheduler of the calling goroutine or the default one:
  /// `Go`. Waits while as many as the limit allows are at work; without a limit it never waits.
  ///
  /// A body of the group that calls this while the limit is reached waits for another one to end.
  /// If all of them do, none ever ends, as in Go.
  ///
  /// @param body what it runs
  /// @throws InterruptedException if there is a limit, and the flag is set on entry or an interrupt
  ///   comes before there is room; then nothing is started
  /// @throws RejectedExecutionException if the scheduler is closed; then nothing is started
  public void go(Body body) throws InterruptedException {
    Objects.requireNonNull(body, "body");
    StackProbe.ensureNested(System.nanoTime()); // there must be room to take it back
    WeightedSemaphore slots = limit;
    if (slots != null) {
      slots.acquire(1);
    }
    start(body, slots);
  }

  /// Starts a goroutine of the group if the limit allows it now: `TryGo`. Does not wait.
  ///
  /// @param body what it runs
  /// @return whether it has been started
  /// @throws RejectedExecutionException if the scheduler is closed; then nothing is started
  public boolean tryGo(Body body) {
    Objects.requireNonNull(body, "body");
    StackProbe.ensureNested(System.nanoTime()); // as in go()
    WeightedSemaphore slots = limit;
    if (slots != null && !slots.tryAcquire(1)) {
      return false;
    }
    start(body, slots);
    return true;
  }

  private void start(Body body, @Nullable WeightedSemaphore slots) {
    boolean counted = false;
    boolean started = false;
    try {
      running.add(1);
      active.incrementAndGet();
      counted = true;
      Runtime.get().spawn(null, () -> run(body, slots));
      started = true;
    } finally {
      if (!started) {
        end(slots, counted);
      }
    }
  }

  private void run(Body body, @Nullable WeightedSemaphore slots) {
    try {
      body.run();
    } catch (Goexit end) {
      throw end;
    } catch (Throwable thrown) {
      fail(thrown);
    } finally {
      end(slots, true);
    }
  }

  private void fail(Throwable thrown) {
    if (failures.add(thrown)) {
      endContext(thrown);
    }
  }

  /// In this order: when nobody is counted any more all slots are free (EG-10).
  private void end(@Nullable WeightedSemaphore slots, boolean counted) {
    try {
      if (slots != null) {
        slots.giveBack(1);
      }
    } finally {
      if (counted) {
        active.decrementAndGet();
        running.done();
      }
    }
  }

  private void endContext(@Nullable Throwable reason) {
    if (context != null) {
      context.cancel(reason);
    }
  }

  /// Waits until all goroutines of the group have ended, and ends its context: `Wait`.
  ///
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits. They go on then, and the context is as it was: who does not wait again cancels a
  ///   parent
  /// @throws ExecutionException if one has failed. The cause is what came first by time (EG-2); up
  ///   to [#KEPT] of those that came later are suppressed exceptions of it, in their order
  public void await() throws InterruptedException, ExecutionException {
    running.await();
    finish();
  }

  /// Waits for a bounded time until all goroutines of the group have ended, and ends its context
  /// then.
  ///
  /// @param timeout how long to wait at most; zero or less only looks
  /// @return whether they have; if not the context is as it was
  /// @throws InterruptedException as [#await()]
  /// @throws ExecutionException as [#await()]
  public boolean await(Duration timeout) throws InterruptedException, ExecutionException {
    if (!running.await(timeout)) {
      return false;
    }
    finish();
    return true;
  }

  private void finish() throws ExecutionException {
    endContext(failures.first());
    failures.throwFirst();
  }

  /// {@return the first failure; null if there has been none so far}
  public @Nullable Throwable failure() {
    return failures.first();
  }

  /// `ErrGroup@1a2b[3 running, failed: java.io.IOException: gone]`: a snapshot.
  @Override
  public String toString() {
    Throwable first = failures.first();
    return "ErrGroup@"
        + Integer.toHexString(hashCode())
        + "["
        + active
        + " running"
        + (first == null ? "]" : ", failed: " + Failures.describe(first) + "]");
  }
}
