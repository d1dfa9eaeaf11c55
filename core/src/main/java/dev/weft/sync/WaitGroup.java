package dev.weft.sync;

import dev.weft.base.Body;
import dev.weft.base.Goexit;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Waits until a number of goroutines, or other pieces of work, have ended: `sync.WaitGroup`.
///
/// ```java
/// WaitGroup pages = new WaitGroup();
/// for (URI address : addresses) {
///   pages.go(() -> fetch(address));
/// }
/// pages.await();
/// ```
///
/// It is a counter. [#go] counts up, and down again when the goroutine has ended; work of other
/// kinds calls [#add] before it begins and [#done] at its end. [#await] returns when the counter is
/// zero, for any number of threads (WG-8). Then it may be used again, once all who waited have
/// returned (WG-7).
///
/// Count up before you wait: an `await` that comes before the `add` finds zero and returns at once,
/// and nobody can tell that this was too early (WG-9). So call `add` where the goroutine is
/// started, not in it; `go` does.
///
/// Like a `CountDownLatch` that can count up, or a `Phaser` of one phase. It carries no results and
/// no failures: what a goroutine of [#go] throws goes to its scheduler's handler. Any kind of
/// thread may use it. Memory: what a thread does before [#done] is visible to whoever returns from
/// an [#await] that it has ended (WG-14).
///
/// Mistakes that Go answers with a panic throw an IllegalStateException with Go's text: see [#add]
/// and [#await]. Equality is identity.
public final class WaitGroup extends WaitGroupState {

  private static final int RELEASED = Waiter.FIRST_PEER_CODE;

  /// Creates a group whose counter is zero.
  public WaitGroup() {
    Linkage.prepare();
  }

  /// For Linkage, as that of Mutex.
  WaitGroup(Linkage linkage) {
    Objects.requireNonNull(linkage);
  }

  /// Changes the counter: `Add`. If that makes it zero all who wait are released.
  ///
  /// @param delta by how much; may be negative
  /// @throws IllegalStateException if the counter is then less than zero, or has overflowed 2^31 -
  ///   1: `sync: negative WaitGroup counter` (WG-2, WG-10). It stays so: who has counted wrongly
  ///   cannot say how many there are (WG-11)
  /// @throws OutOfMemoryError if there is no memory to release those who wait; then nothing has
  ///   changed. So it is with a StackOverflowError
  public void add(int delta) {
    for (; ; ) {
      long seen = word();
      long next = seen + delta * ONE;
      boolean ends = counter(next) == 0 && waiters(seen) != 0;
      if (ends ? release(seen) : cas(seen, next)) {
        checkNotNegative(counter(next), delta);
        return;
      }
    }
  }

  private void checkNotNegative(int counter, int delta) {
    if (counter < 0) {
      throw new IllegalStateException(
          "sync: negative WaitGroup counter: "
              + counter
              + " after add("
              + delta
              + ") on "
              + this
              + "; call done() once for each that was added");
    }
  }

  /// Counts down by one: `Done`. At the end of what [#add] has counted; in a `finally`, so that
  /// nobody waits for ever for what has failed.
  ///
  /// @throws IllegalStateException as [#add]
  public void done() {
    add(-1);
  }

  /// Starts a goroutine that belongs to the group: `Go` of Go 1.25. It runs on the scheduler of the
  /// calling goroutine, or on the default one.
  ///
  /// The group counts it down when it has ended, however that was: also by `goexit()`, and by what
  /// it throws, which then goes to the scheduler's handler for uncaught exceptions. Go 1.26 does
  /// not count a panic down, since it ends the process; here the process goes on, and so must those
  /// who wait (WG-13).
  ///
  /// @param body what it runs
  /// @throws RejectedExecutionException if the scheduler is closed; the counter is then as before
  public void go(Body body) {
    Objects.requireNonNull(body, "body");
    add(1);
    boolean started = false;
    try {
      Runtime.get().spawn(null, () -> runCounted(body));
      started = true;
    } finally {
      if (!started) {
        done();
      }
    }
  }

  private void runCounted(Body body) throws Throwable {
    try {
      body.run();
    } catch (Goexit end) {
      done();
      throw end;
    } catch (Throwable thrown) {
      try {
        done();
      } catch (Throwable miscounted) {
        thrown.addSuppressed(miscounted);
      }
      throw thrown;
    }
    done();
  }

  /// Waits until the counter is zero: `Wait`.
  ///
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; the flag is then cleared. If the counter came to zero first the call returns, with
  ///   the flag set
  /// @throws IllegalStateException if it has waited, and somebody has counted up again before it
  ///   returned: `sync: WaitGroup is reused before previous Wait has returned` (WG-6)
  public void await() throws InterruptedException {
    awaitBefore(Contention.NEVER);
  }

  /// Waits for a bounded time until the counter is zero.
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @return whether it is zero; false when the time has passed
  /// @throws InterruptedException as [#await()]
  /// @throws IllegalStateException as [#await()]
  public boolean await(Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(timeout, "timeout"));
    return awaitBefore(nanos <= 0 ? 0 : Contention.deadline(nanos));
  }

  /// Waits until the counter is zero. Interrupts are kept for later: the flag is set on return if
  /// one came.
  ///
  /// @throws IllegalStateException as [#await()]
  public void awaitUninterruptibly() {
    if (counter(word()) != 0) {
      enter(false, Contention.NEVER);
    }
  }

  private boolean awaitBefore(long deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to a wait group");
    }
    if (counter(word()) == 0) {
      return true;
    }
    int outcome = deadline == 0 ? Waiter.TIMED_OUT : enter(true, deadline);
    if (outcome == Waiter.INTERRUPTED) {
      throw new InterruptedException("waiting for " + this + " was interrupted");
    }
    return outcome == RELEASED;
  }

  /// Waits in the queue, unless the counter is zero by then.
  private int enter(boolean interruptible, long deadline) {
    StackProbe.ensureMany(System.nanoTime());
    Waiter waiter = Runtime.get().waiter();
    WaitQueue queue = queue();
    long ticket = waiter.arm();
    waiter.timeOutAt(ticket, deadline);
    WaitNode node = waiter.node();
    node.prepare(waiter, ticket, RELEASED, null);
    if (!enqueueUnlessZero(queue, node)) {
      node.clear();
      waiter.cancelTimeOut();
      return RELEASED;
    }
    int outcome = Waiter.PENDING;
    try {
      outcome =
          interruptible
              ? waiter.await(ticket, WaitReason.WAITGROUP_WAIT, this)
              : waiter.awaitUninterruptibly(ticket, WaitReason.WAITGROUP_WAIT, this);
    } finally {
      if (outcome != RELEASED) {
        leave(queue, node);
      }
      node.clear();
    }
    if (outcome == RELEASED && word() != 0) {
      throw new IllegalStateException(
          "sync: WaitGroup is reused before previous Wait has returned: "
              + this
              + "; count up only when all who waited have returned, or use another group");
    }
    return outcome;
  }

  /// `WaitGroup@1a2b[3, 1 waiting]`: counter and waiters, a snapshot.
  @Override
  public String toString() {
    long seen = word();
    String waiting = waiters(seen) == 0 ? "" : ", " + waiters(seen) + " waiting";
    return "WaitGroup@" + Integer.toHexString(hashCode()) + "[" + counter(seen) + waiting + "]";
  }
}
