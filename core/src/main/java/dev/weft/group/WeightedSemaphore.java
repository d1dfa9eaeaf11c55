package dev.weft.group;

import dev.weft.channel.Channel;
import dev.weft.channel.Select;
import dev.weft.context.Context;
import dev.weft.context.ContextException;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.SureLock;
import dev.weft.sync.Mutex;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Tokens that are taken and given back, some at a time: `semaphore.Weighted` of Go's x/sync.
///
/// ```java
/// WeightedSemaphore memory = new WeightedSemaphore(512); // megabytes
///
/// memory.acquire(image.megabytes());
/// try {
///   resize(image);
/// } finally {
///   memory.release(image.megabytes());
/// }
/// ```
///
/// Those who wait are served in the order in which they came, and nobody passes them: who wants
/// much is not starved by those who want little (SEM-1, SEM-4). That is a fair
/// `java.util.concurrent.Semaphore`, but for three things: tokens have no owner there either, but
/// here too many given back are found; a request for more than there are in all waits without
/// standing in the way of others; and `tryAcquire` does not pass those who wait.
///
/// Any kind of thread may use it. Memory: what a thread does before it gives tokens back is visible
/// to whoever gets them. Equality is identity.
public final class WeightedSemaphore {

  /*
   * WeightedSemaphore: a count and a queue, under a mutex.
   *
   * Origin.   golang.org/x/sync/semaphore, whose structure this is: each waiter has a channel that is
   *           closed when it is granted. There a waiter that is cancelled and granted at the same time
   *           gives the tokens back (SEM-6). So it is here after an interrupt or the end of a
   *           context; after a timeout it keeps them.
   *
   * Invariants, whenever the mutex is free
   *   I1  0 <= taken <= size
   *   I2  the first waiter wants more than size - taken: else it would have been granted
   *   I3  a request is in the queue as long as its channel is open and nobody has given it up; not
   *       if it wants more than there are in all
   *
   * Who grants closes the channel while it holds the mutex; no code of the user's runs there. Who gives
   * up takes the mutex, so it finds its request in the queue, or granted.
   */

  /// Somebody who waits.
  private static final class Request {
    final long tokens;
    final Channel<Object> granted = Channel.make();

    Request(long tokens) {
      this.tokens = tokens;
    }
  }

  private final long size;
  private final Mutex mutex = new Mutex();

  // Under the mutex.
  private final SequencedSet<Request> waiting = new LinkedHashSet<>();
  private long taken;

  /// Creates one with all its tokens free: `semaphore.NewWeighted(n)`.
  ///
  /// @param tokens how many there are
  /// @throws IllegalArgumentException if the number is negative
  public WeightedSemaphore(long tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException(
          "a semaphore cannot have " + tokens + " tokens, less than none");
    }
    size = tokens;
  }

  /// Takes tokens, and waits until there are so many and all who came before have theirs:
  /// `Acquire`. A request for more than there are in all waits until it is interrupted, and is in
  /// nobody's way (SEM-3).
  ///
  /// @param tokens how many; 0 or more
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes before the
  ///   tokens; then none are taken. If both come at the same time either may count
  /// @throws IllegalArgumentException if the number is negative
  public void acquire(long tokens) throws InterruptedException {
    checkNotNegative(tokens);
    checkInterrupt();
    Request request = takeOrQueue(tokens);
    if (request != null) {
      await(request, null, null);
    }
  }

  /// The same for somebody with a context: waits until that is done at most. `Acquire(ctx, n)`.
  ///
  /// @param context whose end to look out for. If it has come on entry no tokens are taken, even if
  ///   there are some (SEM-2); if it comes together with the tokens, they are given back (SEM-6)
  /// @param tokens how many; 0 or more
  /// @throws ContextException if the context is done: [Context#err()]
  /// @throws InterruptedException as [#acquire(long)]
  /// @throws IllegalArgumentException if the number is negative
  public void acquire(Context context, long tokens) throws InterruptedException {
    checkNotNegative(tokens);
    context.check();
    checkInterrupt();
    Request request = takeOrQueue(tokens);
    if (request != null) {
      await(request, null, context);
    }
  }

  /// Takes tokens, and waits for a bounded time for them.
  ///
  /// @param tokens how many; 0 or more
  /// @param timeout how long to wait at most; zero or less is [#tryAcquire(long)], but for the
  ///   interrupt
  /// @return whether the caller has them
  /// @throws InterruptedException as [#acquire]
  /// @throws IllegalArgumentException if the number is negative
  public boolean tryAcquire(long tokens, Duration timeout) throws InterruptedException {
    checkNotNegative(tokens);
    checkInterrupt();
    if (!timeout.isPositive()) {
      return tryAcquire(tokens);
    }
    Request request = takeOrQueue(tokens);
    return request == null || await(request, timeout, null);
  }

  /// Takes tokens if there are so many and nobody waits: `TryAcquire`. Does not wait, and does not
  /// look at the interrupt flag.
  ///
  /// @param tokens how many; 0 or more
  /// @return whether the caller has them
  /// @throws IllegalArgumentException if the number is negative
  public boolean tryAcquire(long tokens) {
    checkNotNegative(tokens);
    mutex.lock();
    try {
      return takeNow(tokens);
    } finally {
      mutex.unlock();
    }
  }

  /// Gives tokens back, and serves those who wait, in their order, as far as it goes: `Release`.
  /// Any thread may give back what another one has taken.
  ///
  /// @param tokens how many; 0 or more
  /// @throws IllegalStateException if so many have not been taken: `semaphore: released more than
  ///   held`; then nothing has changed
  /// @throws IllegalArgumentException if the number is negative
  public void release(long tokens) {
    checkNotNegative(tokens);
    StackProbe.ensureNested(System.nanoTime()); // or somebody would not be told of what is free
    giveBack(tokens);
  }

  /// The same for those who have made sure of the stack before they acquired: here it must not
  /// fail.
  void giveBack(long tokens) {
    SureLock.lock(mutex);
    try {
      if (tokens > taken) {
        throw new IllegalStateException(
            "semaphore: released more than held: "
                + tokens
                + " to "
                + describe()
                + "; release what was acquired, once");
      }
      taken -= tokens;
      grant();
    } finally {
      mutex.unlock();
    }
  }

  private boolean takeNow(long tokens) {
    if (tokens > size - taken || !waiting.isEmpty()) {
      return false;
    }
    taken += tokens;
    return true;
  }

  /// Null if the tokens have been taken. A request that can never be granted is not queued.
  private @Nullable Request takeOrQueue(long tokens) {
    StackProbe.ensureNested(System.nanoTime()); // who waits must be able to give up
    mutex.lock();
    try {
      if (takeNow(tokens)) {
        return null;
      }
      Request request = new Request(tokens);
      if (tokens <= size) {
        enqueue(request);
      }
      return request;
    } finally {
      mutex.unlock();
    }
  }

  /// At the end, or not at all: the set may have it when it finds that there is no memory to grow.
  private void enqueue(Request request) {
    try {
      waiting.addLast(request);
    } catch (Throwable failed) {
      waiting.remove(request);
      throw failed;
    }
  }

  /// Serves from the front, up to the first that does not fit (SEM-4).
  private void grant() {
    while (!waiting.isEmpty() && waiting.getFirst().tokens <= size - taken) {
      Request first = waiting.getFirst();
      try {
        first.granted.close();
      } finally { // closing may fail, for want of memory, before or after it has been done
        if (first.granted.isClosed()) {
          waiting.removeFirst();
          taken += first.tokens;
        }
      }
    }
  }

  private boolean await(Request request, @Nullable Duration timeout, @Nullable Context context)
      throws InterruptedException {
    try {
      return isGranted(request, timeout, context) || !giveUp(request);
    } catch (Throwable failed) {
      if (!giveUp(request)) {
        giveBack(request.tokens); // granted meanwhile, to somebody who does not know
      }
      throw failed;
    }
  }

  private static boolean isGranted(
      Request request, @Nullable Duration timeout, @Nullable Context context)
      throws InterruptedException {
    if (context != null) {
      Select.select(request.granted.onReceive(), context.done().onReceive());
      context.check(); // also if both have come
      return true;
    }
    return timeout == null
        ? request.granted.receiveOk().isClosed()
        : request.granted.receive(timeout).isClosed();
  }

  /// Whether the request was still waiting; if not, the caller has been granted its tokens.
  private boolean giveUp(Request request) {
    SureLock.lock(mutex);
    try {
      if (request.granted.isClosed()) {
        return false;
      }
      waiting.remove(request);
      grant(); // if it was the first: who comes after may want less (SEM-5)
      return true;
    } finally {
      mutex.unlock();
    }
  }

  private static void checkNotNegative(long tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException(tokens + " tokens are less than none");
    }
  }

  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the thread was interrupted before it came to a semaphore");
    }
  }

  private String describe() {
    return "WeightedSemaphore@"
        + Integer.toHexString(hashCode())
        + "["
        + taken
        + " of "
        + size
        + " taken, "
        + waiting.size()
        + " waiting]";
  }

  /// `WeightedSemaphore@1a2b[3 of 8 taken, 2 waiting]`: a snapshot.
  @Override
  public String toString() {
    mutex.lock();
    try {
      return describe();
    } finally {
      mutex.unlock();
    }
  }
}
