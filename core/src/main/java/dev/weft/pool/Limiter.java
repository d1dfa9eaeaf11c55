package dev.weft.pool;

import dev.weft.base.Body;
import dev.weft.base.ThrowingRunnable;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lets only so many run at a time: in Go, a buffered channel that is sent to before and received
/// from after.
///
/// ```java
/// Limiter limiter = Limiter.of(100, 1_000);               // a hundred run, a thousand wait
///
/// for (Path file : files) {
///   limiter.go(() -> index(file));                        // waits before it starts a goroutine
/// }
/// String answer = limiter.call(Duration.ofMillis(50), () -> backend.ask(question));
/// ```
///
/// This is what a service needs that starts a virtual thread for each request: threads are cheap,
/// but what they use is not. It waits *before* a goroutine is started, so what comes in too fast is
/// held up where it comes from, or refused, and does not pile up as goroutines that wait.
///
/// Who waits is served in the order of coming; a permit goes from hand to hand. Any kind of thread
/// may use it. Memory: what is done before a permit is given back is visible to who gets it.
/// Equality is identity.
public final class Limiter {

  private final Permits permits;
  private final int maxWaiting;

  private Limiter(int limit, int maxWaiting) {
    Linkage.prepare();
    checkLimit(limit);
    if (maxWaiting < 0) {
      throw new IllegalArgumentException(maxWaiting + " waiting are less than none");
    }
    this.permits = new Permits(limit);
    this.maxWaiting = maxWaiting;
  }

  private static void checkLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "a limit of " + limit + " would let nothing run; let it be 1 or more");
    }
  }

  /// A limiter for which any number may wait.
  ///
  /// @param limit how many run at a time
  /// @return the limiter
  /// @throws IllegalArgumentException if the limit is less than 1
  public static Limiter of(int limit) {
    return new Limiter(limit, Integer.MAX_VALUE);
  }

  /// A limiter for which only so many wait; others are refused at once.
  ///
  /// @param limit how many run at a time
  /// @param maxWaiting how many wait; 0: nobody
  /// @return the limiter
  /// @throws IllegalArgumentException if the limit is less than 1 or the other number less than 0
  public static Limiter of(int limit, int maxWaiting) {
    return new Limiter(limit, maxWaiting);
  }

  // ---- Permits ----

  /// Takes a permit; waits for it. For code that begins here and ends elsewhere; else use [#run].
  ///
  /// @throws PoolOverloadException if too many wait already
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes before the
  ///   permit
  public void acquire() throws InterruptedException {
    acquireBefore(PoolCore.NEVER);
  }

  /// Takes a permit if one comes within some time.
  ///
  /// @param timeout how long to wait at most; zero or less does not wait
  /// @return whether the caller has one
  /// @throws PoolOverloadException if too many wait already
  /// @throws InterruptedException as [#acquire()]
  public boolean acquire(Duration timeout) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(timeout, "timeout"));
    return acquireBefore(nanos <= 0 ? PoolCore.NOW : PoolCore.deadlineAfter(nanos));
  }

  private boolean acquireBefore(long deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to a limiter");
    }
    // No switch, whose table would be a class that is initialized here, deep in a stack.
    Permits.Answer answer = permits.acquire(deadline, maxWaiting, this);
    if (answer == Permits.Answer.TOO_MANY) {
      throw new PoolOverloadException(this);
    }
    return answer == Permits.Answer.GRANTED;
  }

  /// Takes a permit if there is one. Does not wait, and does not look at the interrupt flag.
  ///
  /// @return whether the caller has one
  public boolean tryAcquire() {
    return permits.tryAcquire();
  }

  /// Gives a permit back; any thread may.
  ///
  /// @throws IllegalStateException if nobody has one
  public void release() {
    if (!permits.release()) {
      throw new IllegalStateException(
          "released more than acquired: " + this + "; release once for each acquire");
    }
  }

  // ---- Goroutines ----

  /// Starts a goroutine when there is a permit, which it gives back at its end. On the scheduler of
  /// the calling goroutine, or the default one.
  ///
  /// @param body what it runs
  /// @return its handle
  /// @throws PoolOverloadException if too many wait already
  /// @throws InterruptedException as [#acquire()]; then nothing is started
  /// @throws java.util.concurrent.RejectedExecutionException if the scheduler is closed
  public Goroutine go(Body body) throws InterruptedException {
    Objects.requireNonNull(body, "body");
    permits.ensureRoom();
    acquire();
    return start(body);
  }

  /// Starts a goroutine if a permit comes within some time.
  ///
  /// @param timeout how long to wait at most; zero or less does not wait
  /// @param body what it runs
  /// @return its handle; null if there was no permit, and nothing has been started
  /// @throws PoolOverloadException if too many wait already
  /// @throws InterruptedException as [#acquire()]; then nothing is started
  /// @throws java.util.concurrent.RejectedExecutionException if the scheduler is closed
  public @Nullable Goroutine go(Duration timeout, Body body) throws InterruptedException {
    Objects.requireNonNull(body, "body");
    permits.ensureRoom();
    return acquire(timeout) ? start(body) : null;
  }

  /// Starts a goroutine if there is a permit now. Does not wait.
  ///
  /// @param body what it runs
  /// @return its handle; null if there was no permit, and nothing has been started
  /// @throws java.util.concurrent.RejectedExecutionException if the scheduler is closed
  public @Nullable Goroutine tryGo(Body body) {
    Objects.requireNonNull(body, "body");
    permits.ensureRoom();
    return tryAcquire() ? start(body) : null;
  }

  private Goroutine start(Body body) {
    boolean started = false;
    try {
      Goroutine goroutine = Scheduler.current().go(() -> runAndRelease(body));
      started = true;
      return goroutine;
    } finally {
      if (!started) {
        release();
      }
    }
  }

  private void runAndRelease(Body body) throws Throwable {
    try {
      body.run();
    } finally {
      release();
    }
  }

  // ---- On the calling thread ----

  /// Runs something on the calling thread when there is a permit.
  ///
  /// @param <X> what it may throw
  /// @param body what to run
  /// @throws X what it throws
  /// @throws PoolOverloadException if too many wait already
  /// @throws InterruptedException as [#acquire()]; then nothing is run
  public <X extends Throwable> void run(ThrowingRunnable<X> body) throws X, InterruptedException {
    Objects.requireNonNull(body, "body");
    permits.ensureRoom();
    acquire();
    try {
      body.run();
    } finally {
      release();
    }
  }

  /// Runs something on the calling thread if a permit comes within some time.
  ///
  /// @param <T> what it returns; may be null
  /// @param timeout how long to wait at most for the permit; zero or less does not wait
  /// @param body what to run
  /// @return what it returned
  /// @throws PoolOverloadException if no permit came in time, or too many wait already; then
  ///   nothing is run
  /// @throws InterruptedException as [#acquire()], or from the body
  /// @throws Exception what it throws
  public <T extends @Nullable Object> T call(Duration timeout, Callable<? extends T> body)
      throws Exception {
    Objects.requireNonNull(body, "body");
    permits.ensureRoom();
    if (!acquire(timeout)) {
      throw new PoolOverloadException(this);
    }
    try {
      return body.call();
    } finally {
      release();
    }
  }

  /// {@return a view for code that wants an executor: a goroutine for each task, and `execute`
  /// waits for a permit} What a task throws goes to its future. Where the limiter refuses or an
  /// interrupt comes, `execute` throws a RejectedExecutionException. Each call makes a new view; to
  /// shut it down stops what was given to it, and is nothing to the limiter.
  @SuppressWarnings("FutureReturnValueIgnored") // it is no future
  public ExecutorService asExecutorService() {
    return new TaskExecutor(this::go);
  }

  // ---- Size ----

  /// Lets more or fewer run from now on. If fewer, nothing is stopped: permits that come back are
  /// not given out again until it is so.
  ///
  /// @param limit how many run at a time
  /// @throws IllegalArgumentException if it is less than 1
  public void limit(int limit) {
    checkLimit(limit);
    permits.limit(limit);
  }

  /// {@return how many run at a time}
  public int limit() {
    return permits.limit();
  }

  /// {@return how many permits are taken} A snapshot.
  public int running() {
    return permits.taken();
  }

  /// {@return how many wait for one} A snapshot.
  public int waiting() {
    return permits.waiting();
  }

  Permits permits() {
    return permits;
  }

  /// `Limiter@1a2b[100 of 100 running, 3 waiting]`: a snapshot.
  @Override
  public String toString() {
    return "Limiter@"
        + Integer.toHexString(hashCode())
        + "["
        + running()
        + " of "
        + limit()
        + " running, "
        + waiting()
        + " waiting]";
  }
}
