package dev.weft.group;

import dev.weft.base.Goexit;
import dev.weft.channel.Channel;
import dev.weft.group.SingleFlight.Result;
import dev.weft.internal.park.Runtime;
import dev.weft.sync.Mutex;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One execution of a [SingleFlight], and those who share it.
final class Flight<V extends @Nullable Object> {

  /*
   * Flight: who leads it runs the code; others join while it is open.
   *
   * Origin.   call of golang.org/x/sync/singleflight, which has its counter under the lock of the group.
   *
   * States, in one number: how many have joined, or ENDED.
   *
   *   0 --join (CAS)--> 1 --join--> 2 ...  --end (swap, by the leader)--> ENDED
   *
   *   So whoever has joined is among those that the leader has counted, unless it was interrupted and
   *   has counted itself out again (SF-2). Who comes too late begins a new flight (SF-3).
   *
   * Waiting. The leader holds the mutex `running` until the result is written; who wants the result
   *   locks it and unlocks it again. A mutex is what can be unlocked without memory, and with as much
   *   stack as was there when it was locked: so nobody waits for ever for a leader that has run out of
   *   either. It also orders the result.
   *
   * Channels that are to be told are in a queue. Whoever takes one out of it tells it: the leader at the
   *   end, or who has put it in and finds that the end has come. So each is told once (SF-4).
   *
   * Evidence: SingleFlightStress, with a twin; SingleFlightTest.
   */
  private static final int ENDED = -1;

  private final AtomicInteger joined = new AtomicInteger();
  private final Mutex running = new Mutex();
  private final ConcurrentLinkedQueue<Channel<Result<V>>> toTell = new ConcurrentLinkedQueue<>();

  // Under `running`.
  private @Nullable V value;
  private @Nullable Throwable failure;
  private boolean shared;

  private final Result<V> noMemory;

  /// By who is to lead it, or to have it led.
  ///
  /// @param noMemory what is told if there is no memory to tell what came of it
  Flight(Result<V> noMemory) {
    this.noMemory = noMemory;
    running.lock();
  }

  /// False if it has ended.
  boolean join() {
    int seen = joined.get();
    while (seen != ENDED) {
      if (joined.compareAndSet(seen, seen + 1)) {
        return true;
      }
      seen = joined.get();
    }
    return false;
  }

  /// Runs the code; what comes of it is everybody's.
  ///
  /// @param leave takes the flight out of the map
  void run(Callable<? extends V> code, Runnable leave) {
    try {
      value = code.call();
    } catch (Throwable thrown) {
      failure = thrown;
    }
    end(leave);
  }

  /// Ends it without having run.
  void fail(Throwable cause, Runnable leave) {
    failure = cause;
    end(leave);
  }

  private void end(Runnable leave) {
    try {
      leave.run();
    } finally { // the key's own code may fail, and somebody waits
      shared = joined.getAndSet(ENDED) > 0;
      running.unlock();
      tellAll();
    }
  }

  private void tellAll() {
    Channel<Result<V>> channel;
    while ((channel = toTell.peek()) != null) {
      Result<V> result = told();
      if (toTell.remove(channel)) {
        channel.trySend(result);
      }
    }
  }

  /// Waits for the end. Who is interrupted has not joined.
  void await() throws InterruptedException {
    try {
      running.lockInterruptibly();
    } catch (InterruptedException interrupted) {
      int seen;
      do {
        seen = joined.get();
      } while (seen != ENDED && !joined.compareAndSet(seen, seen - 1));
      throw interrupted;
    }
    running.unlock();
  }

  /// What came of it, or throws what was thrown. After the end.
  Result<V> outcome() {
    Throwable thrown = failure;
    if (thrown instanceof Goexit && Runtime.get().goroutineId() == 0) {
      throw endedByGoexit();
    }
    if (thrown != null) {
      Flight.<RuntimeException>rethrow(thrown);
    }
    return new Result<>(value, null, shared);
  }

  /// The code was a Callable, whose exceptions the caller declares.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> void rethrow(Throwable thrown) throws X {
    throw (X) thrown;
  }

  /// Sends the result, when it is there.
  @SuppressWarnings("LockNotBeforeTry") // only to be behind who unlocks it
  void tell(Channel<Result<V>> channel) {
    toTell.add(channel);
    if (joined.get() == ENDED) {
      running.lock(); // between counting and unlocking the result is about to be there
      running.unlock();
      Result<V> result = told();
      if (toTell.remove(channel)) {
        channel.trySend(result);
      }
    }
  }

  /// If there is no memory for the result, that is what they get.
  private Result<V> told() {
    try {
      Throwable thrown = failure instanceof Goexit ? endedByGoexit() : failure;
      return new Result<>(value, thrown, shared);
    } catch (OutOfMemoryError none) {
      return noMemory;
    }
  }

  private static IllegalStateException endedByGoexit() {
    return new IllegalStateException(
        "the goroutine that ran the code ended by goexit(), without a result");
  }
}
