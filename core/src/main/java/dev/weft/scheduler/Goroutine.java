package dev.weft.scheduler;

import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A goroutine: the handle that `go(body)` returns.
///
/// Go has no such handle; it is there because a Java program wants to join, interrupt and name what
/// it starts. Everything happens on an ordinary virtual thread ([#thread()]).
///
/// Memory effects: what a thread does before it starts a goroutine *happens-before* the first
/// action of the body (MEM-1), and the body's last action happens-before the return of a successful
/// join.
public abstract sealed class Goroutine permits GpmGoroutine, JdkGoroutine {

  /// What a goroutine is doing.
  public enum State {
    /// It runs, or could run and waits for its turn.
    RUNNABLE,
    /// It waits: for a channel, a lock, a sleep, input. [Goroutine#waitReason()] may know for what.
    WAITING,
    /// It has ended: its body, the handler for what that threw, and its thread.
    DONE
  }

  private static final byte UNDECIDED = 0;
  private static final byte ACCEPTED = 1;
  private static final byte REFUSED = 2;

  /// The links of the list of live goroutines that this one is on; see [LiveGoroutines].
  @Nullable Goroutine previousLive;

  @Nullable Goroutine nextLive;

  /// Whether it is or was on that list.
  boolean counted;

  /// The stripe of it that it is on.
  byte stripe;

  /// Whether it is on that list now. Guarded by the lock of its stripe.
  boolean listed;

  // Whether it may start: decided once, after it was put on that list.
  private volatile byte decision;

  private volatile @Nullable Throwable failure;

  // Made by the goroutine when it first waits, and looked at by whoever wants to know why it does.
  private @Nullable Waiter waiter;

  Goroutine() {}

  /// {@return the calling goroutine, or null when the calling thread is not one}
  public static @Nullable Goroutine current() {
    FirstUse.prepare();
    Goroutine gpm = GpmGoroutine.currentGpm();
    return gpm != null ? gpm : JdkGoroutine.currentJdk();
  }

  /// {@return the thread this goroutine is: a virtual thread} Use it for what this class does not
  /// offer.
  public abstract Thread thread();

  /// {@return the scheduler that runs it}
  public abstract Scheduler scheduler();

  /// {@return why it waits, in the words of Go's dumps such as `"chan receive"`, or null when it
  /// does not wait or waits for something that is not Weft's} A snapshot.
  public final @Nullable String waitReason() {
    Waiter own = waiter;
    WaitReason reason = own == null ? null : own.reason();
    return reason == null ? null : reason.text();
  }

  /// {@return a number that no other goroutine of this JVM has or will have; it is the id of the
  /// thread, so that it is found in thread dumps}
  public final long id() {
    return thread().threadId();
  }

  /// {@return the name it was started with, or the empty string}
  public final String name() {
    return thread().getName();
  }

  /// {@return what it is doing} A snapshot.
  public final State state() {
    return switch (thread().getState()) {
      case NEW, RUNNABLE -> State.RUNNABLE;
      case BLOCKED, WAITING, TIMED_WAITING -> State.WAITING;
      case TERMINATED -> State.DONE;
    };
  }

  /// {@return whether it has ended, in whatever way: its body, the handler for what that threw, and
  /// its thread}
  public final boolean isDone() {
    return thread().getState() == Thread.State.TERMINATED;
  }

  /// {@return what the body threw, or null when it ended normally, by `goexit()`, or has not ended}
  ///
  /// After a successful join the answer is final.
  public final @Nullable Throwable failure() {
    return failure;
  }

  /// Waits until the goroutine has ended. What its body threw is not thrown here: ask [#failure()].
  /// If it has ended already, returns without looking at the interrupt flag.
  ///
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits;
  ///   its interrupt flag is then cleared
  /// @throws IllegalStateException if the goroutine tries to join itself, which would never end
  public final void join() throws InterruptedException {
    checkNotSelf();
    thread().join();
  }

  /// Waits until the goroutine has ended, for a bounded time. If it has ended already, or the
  /// timeout is zero or less, returns without looking at the interrupt flag.
  ///
  /// @param timeout how long to wait at most; zero or less only looks
  /// @return whether it has ended
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits;
  ///   its interrupt flag is then cleared
  /// @throws IllegalStateException if the goroutine tries to join itself, which would never end
  public final boolean join(Duration timeout) throws InterruptedException {
    Objects.requireNonNull(timeout, "timeout");
    checkNotSelf();
    return thread().join(timeout);
  }

  private void checkNotSelf() {
    if (Thread.currentThread() == thread()) {
      throw new IllegalStateException(this + " cannot join itself: it would wait for ever");
    }
  }

  /// Interrupts the goroutine, as [Thread#interrupt()] does: a blocking call in it throws
  /// `InterruptedException` or its like, now or the next time it blocks.
  public final void interrupt() {
    thread().interrupt();
  }

  /// It is counted, and after that its scheduler was open: so it starts, and a closer sees it. By
  /// whoever starts it.
  final void accepted() {
    decision = ACCEPTED;
  }

  /// Its start fails. By whoever starts it, before it is taken off the live ones again.
  final void refused() {
    decision = REFUSED;
  }

  /// Whether it is counted without it being clear yet whether it starts.
  final boolean isUndecided() {
    return decision == UNDECIDED;
  }

  final boolean isRefused() {
    return decision == REFUSED;
  }

  /// Remembers what the body threw. By the goroutine itself, before it ends.
  final void failedWith(Throwable thrown) {
    failure = thrown;
  }

  /// The waiter that this goroutine uses for every wait. By the goroutine itself.
  final Waiter waiter() {
    Waiter own = waiter;
    if (own == null) {
      own = newWaiter();
      waiter = own;
    }
    return own;
  }

  abstract Waiter newWaiter();

  /// Drops it, at the end: run queues may refer to an ended goroutine for a while.
  final void forgetWaiter() {
    waiter = null;
  }

  /// `Goroutine[#42 "name" WAITING (chan receive)]`.
  @Override
  public final String toString() {
    String name = name();
    String reason = waitReason();
    return "Goroutine[#"
        + id()
        + (name.isEmpty() ? " " : " \"" + name + "\" ")
        + state()
        + (reason == null ? "" : " (" + reason + ")")
        + "]";
  }
}
