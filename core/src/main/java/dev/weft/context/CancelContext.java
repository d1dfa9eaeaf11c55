package dev.weft.context;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.SureLock;
import dev.weft.internal.park.WakeList;
import dev.weft.sync.Mutex;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A context that can be cancelled, or has a deadline: what `WithCancel` and its relatives return,
/// with the function to cancel it.
///
/// ```java
/// try (CancelContext ctx = Context.withCancel(parent)) {
///   go(() -> search(ctx, left));
///   go(() -> search(ctx, right));
///   return firstFound();
/// } // whoever still searches sees that it is done
/// ```
///
/// [#close()] cancels, and does nothing to one that is done. Whoever derives one closes it, however
/// the work ends.
public final class CancelContext extends Context implements AutoCloseable {

  /*
   * CancelContext: a node of the tree that ends are passed down.
   *
   * Origin.   cancelCtx and timerCtx of Go's package context. Different: the tree is ended by a loop, not
   *           by recursion, so a deep one needs no deep stack; and the parents are all ours.
   *
   * States    LIVE --end(), by the first who comes, under the mutex--> ENDED
   *
   * Invariants, whenever the mutex is free
   *   I1  err is null, and done is open or not made; or err is set, and done is closed
   *   I2  ENDED implies that children is null: they have been told, or are about to be by who ended it
   *   I3  a LIVE child is in children of the nearest node above it, unless it is being ended
   *
   * Who ends a node does so under its mutex, and passes it on to the children without: first the node,
   * then its children (CTX-6). Who derives looks under the mutex of the node above, so it either is in
   * children when they are told, or finds that the end has come.
   *
   * Memory ordering
   *   cause    plain, before err       plain, after err was seen
   *   done     volatile, under mutex   volatile; closed before err is set, so that nobody sees an end
   *                                    whose channel is still open (CTX-3)
   *   err      volatile, under mutex   volatile; who finds the channel closed and no reason waits for the
   *                                    mutex, so that nobody sees the one without the other
   *
   * Evidence: ContextStress, with a twin; ContextTest, ContextTreeTest.
   */

  /// Stands for the channels of contexts whose end came before anybody asked for it (CTX-9).
  static final class Ended {
    static final Channel<Object> CHANNEL = closed();

    private static Channel<Object> closed() {
      Channel<Object> channel = Channel.make();
      channel.close();
      return channel;
    }
  }

  /// What is further away is never waited for.
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(365 * 100L);

  private final Context parent;
  private final @Nullable Deadline deadline;
  private final @Nullable Throwable timeoutCause;

  /// The deadline that counts: its own, or that of one above.
  private final @Nullable Deadline nearest;

  private final Mutex mutex = new Mutex();

  /// What the one above knows of it.
  private final Child asChild = new AsChild();

  // Under the mutex.
  private @Nullable ChildList children;
  private Deadlines.@Nullable Expiry alarm;

  private @Nullable Throwable cause;
  private volatile @Nullable ContextException err;
  private volatile @Nullable Channel<Object> done;

  private CancelContext(
      Context parent, @Nullable Deadline deadline, @Nullable Throwable timeoutCause) {
    this.parent = parent;
    this.deadline = deadline;
    this.timeoutCause = timeoutCause;
    CancelContext above = parent.canceler();
    this.nearest = deadline != null || above == null ? deadline : above.nearest;
  }

  /// Derives one from a parent. A deadline that is later than the parent's does not count.
  static CancelContext derive(
      Context parent, @Nullable Deadline deadline, @Nullable Throwable timeoutCause) {
    Objects.requireNonNull(parent, NO_PARENT);
    Linkage.prepare();
    StackProbe.ensureFiring(System.nanoTime()); // an alarm is set under a lock
    CancelContext above = parent.canceler();
    Deadline outer = above == null ? null : above.nearest;
    boolean own = deadline != null && (outer == null || !outer.isBefore(deadline));
    CancelContext made =
        new CancelContext(parent, own ? deadline : null, own ? timeoutCause : null);
    if (above != null) {
      above.adopt(made.asChild);
    }
    made.startAlarm();
    return made;
  }

  private void startAlarm() {
    if (deadline == null) {
      return;
    }
    long left = deadline.nanosLeft();
    if (left <= 0) {
      expire();
    } else if (left < FOR_EVER) {
      boolean set = false;
      try {
        keepAlarm(Deadlines.expect(this, deadline));
        set = true;
      } finally {
        if (!set) {
          close(); // nobody else knows it, but its parent does
        }
      }
    }
  }

  /// It has been set without the mutex, so it may have come already.
  private void keepAlarm(Deadlines.Expiry set) {
    SureLock.lock(mutex);
    try {
      if (err == null) {
        alarm = set;
        return;
      }
    } finally {
      mutex.unlock();
    }
    set.cancel();
  }

  // ---- Ending ----

  /// Cancels it, and all that are derived from it: the `CancelFunc`. When it returns they are done,
  /// but for those below one, or below this one, that somebody else is ending at the same moment,
  /// who tells them. Waits for nobody's work. If it is done already nothing happens (CTX-5).
  @Override
  public void close() {
    cancel(null);
  }

  /// Cancels it for a reason: the `CancelCauseFunc`.
  ///
  /// @param reason what [#cause()] is from now on, here and below; null for the usual one
  public void cancel(@Nullable Throwable reason) {
    ContextException why = CanceledException.INSTANCE;
    endAll(why, reason == null ? why : reason);
  }

  /// The deadline has come.
  void expire() {
    ContextException why = DeadlineExceededException.INSTANCE;
    endAll(why, timeoutCause == null ? why : timeoutCause);
  }

  /// Ends this one and all below. What goes wrong with one does not keep the others from it.
  private void endAll(ContextException why, Throwable reason) {
    StackProbe.ensureNested(System.nanoTime()); // or the children would be taken out, and not told
    ChildList toTell = new ChildList(); // the last that needs memory, but for what wakes or starts
    Throwable failure = null;
    try {
      end(why, reason, toTell);
    } catch (Throwable failed) {
      failure = failed;
    }
    failure = tellAll(why, reason, toTell, failure);
    CancelContext above = parent.canceler();
    if (above != null && err != null) {
      above.forget(asChild);
    }
    WakeList.rethrow(failure);
  }

  private static @Nullable Throwable tellAll(
      ContextException why, Throwable reason, ChildList toTell, @Nullable Throwable earlier) {
    Throwable failure = earlier;
    Child next;
    while ((next = toTell.poll()) != null) {
      try {
        next.parentEnded(why, reason, toTell);
      } catch (Throwable failed) { // a goroutine that could not be started, say
        failure = failure == null ? failed : failure;
      }
    }
    return failure;
  }

  /// Ends this one, if nobody has. If its channel cannot be closed, for want of memory, say, that
  /// is thrown and nothing has happened; if it was closed all the same, all else is done first.
  private void end(ContextException why, Throwable reason, ChildList toTell) {
    ChildList told;
    Deadlines.@Nullable Expiry calledOff;
    Throwable failure;
    SureLock.lock(mutex);
    try {
      if (err != null) {
        return;
      }
      failure = closeDone();
      cause = reason;
      err = why;
      told = children;
      children = null;
      calledOff = alarm;
      alarm = null;
    } finally {
      mutex.unlock();
    }
    if (told != null) {
      toTell.takeAll(told);
    }
    if (calledOff != null) {
      calledOff.cancel();
    }
    WakeList.rethrow(failure);
  }

  /// What went wrong while those who wait were woken.
  private @Nullable Throwable closeDone() {
    Channel<Object> open = done;
    if (open == null) {
      done = Ended.CHANNEL;
      return null;
    }
    try {
      open.close();
      return null;
    } catch (Throwable failed) {
      if (!open.isClosed()) {
        throw failed;
      }
      return failed;
    }
  }

  // ---- The tree ----

  /// Takes a child, which is told of the end; now, if it has come.
  void adopt(Child child) {
    StackProbe.ensureNested(System.nanoTime()); // the list must not be left half changed
    boolean ended;
    mutex.lock();
    try {
      ended = err != null;
      if (!ended) {
        if (children == null) {
          children = new ChildList();
        }
        children.add(child);
      }
    } finally {
      mutex.unlock();
    }
    if (ended) {
      ChildList toTell = new ChildList();
      toTell.add(child);
      ContextException why = Objects.requireNonNull(err());
      WakeList.rethrow(tellAll(why, Objects.requireNonNull(cause()), toTell, null));
    }
  }

  /// Forgets a child that is of no interest any more. Needs the room that
  /// [StackProbe#ensureNested(long)] makes sure of: so it is there before the child has changed.
  void forget(Child child) {
    SureLock.lock(mutex);
    try {
      if (children != null) { // else whoever has ended this one has the child
        children.remove(child);
      }
    } finally {
      mutex.unlock();
    }
  }

  /// What the one above knows of this one.
  private final class AsChild extends Child {

    @Override
    void parentEnded(ContextException why, Throwable reason, ChildList toTell) {
      end(why, reason, toTell);
    }
  }

  /// How many are told of its end.
  int childCount() {
    mutex.lock();
    try {
      return children == null ? 0 : children.size();
    } finally {
      mutex.unlock();
    }
  }

  // ---- What it says ----

  @Override
  public ReceiveChannel<Object> done() {
    Channel<Object> present = done;
    return present != null ? present : makeDone();
  }

  private Channel<Object> makeDone() {
    mutex.lock();
    try {
      Channel<Object> present = done;
      if (present == null) {
        present = Channel.make();
        done = present;
      }
      return present;
    } finally {
      mutex.unlock();
    }
  }

  @Override
  @SuppressWarnings("LockNotBeforeTry") // only to be behind who unlocks it
  public @Nullable ContextException err() {
    ContextException why = err;
    Channel<Object> closed = done;
    if (why == null && closed != null && closed.isClosed()) {
      mutex.lock(); // the reason is about to be there
      mutex.unlock();
      why = err;
    }
    return why;
  }

  @Override
  public @Nullable Throwable cause() {
    return err() == null ? null : cause;
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.ofNullable(nearest).map(Deadline::instant);
  }

  @Override
  Context parent() {
    return parent;
  }

  @Override
  CancelContext canceler() {
    return this;
  }

  @Override
  String suffix() {
    return deadline == null
        ? ".WithCancel"
        : ".WithDeadline("
            + deadline.instant()
            + " ["
            + Duration.ofNanos(deadline.nanosLeft())
            + "])";
  }
}
