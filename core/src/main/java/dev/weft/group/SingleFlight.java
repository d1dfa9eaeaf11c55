package dev.weft.group;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Lets callers who want the same thing at the same time share one execution: `singleflight.Group`
/// of Go's x/sync.
///
/// ```java
/// private final SingleFlight<String, Page> pages = new SingleFlight<>();
///
/// Page page(String address) throws Exception {
///   return pages.doCall(address, () -> fetch(address)).value();
/// }
/// ```
///
/// Of those who come for one key while it is being worked on, the first one runs its code, and all
/// get what came of it. It is no cache: once it has ended, the next one runs again, whether it was
/// a success or not (SF-3). Keys are compared by `equals` and do not affect each other (SF-8).
///
/// What the code throws is thrown to everybody, the same exception, with the trace of the first
/// caller; also what Go would call a panic, and end the process with if somebody waits by a channel
/// (SF-6). If the code ends its goroutine by `goexit()`, so do all goroutines that wait for it
/// (SF-7).
///
/// The code must not ask for its own key: it would wait for itself. Any kind of thread may use it.
/// Memory: what the code wrote is visible to everybody who has the result. Equality is identity.
///
/// @param <K> the type of the keys; not null
/// @param <V> the type of the values; may be null
public final class SingleFlight<K, V extends @Nullable Object> {

  private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

  // Not a constant: its initializer might run near the end of a stack, and overflow.
  private final Result<V> noMemory =
      new Result<>(null, new OutOfMemoryError("there was no memory for the result"), true);

  /// Creates one in which nothing is going on.
  public SingleFlight() {}

  /// What came of a call.
  ///
  /// @param <V> the type of the value
  /// @param value what the code returned; null if it failed, too
  /// @param failure what it threw; null if it did not. What [#doCall] returns has none
  /// @param shared whether more than one caller got this (SF-2)
  public record Result<V extends @Nullable Object>(
      @Nullable V value, @Nullable Throwable failure, boolean shared) {}

  /// Runs the code, unless somebody is doing so for the same key: then waits for what comes of
  /// that: `Do`.
  ///
  /// @param key what it is about
  /// @param code what to run, on the calling thread; not run if somebody else's is
  /// @return the value
  /// @throws InterruptedException if it is another one's code, and the flag is set or an interrupt
  ///   comes before that has ended; it goes on. If the code itself throws one, everybody gets it
  /// @throws Exception what the code threw, be it this call's or another one's
  public Result<V> doCall(K key, Callable<? extends V> code) throws Exception {
    Objects.requireNonNull(code, "code");
    Flight<V> mine = new Flight<>(noMemory);
    Flight<V> flight = enter(key, mine);
    if (flight == mine) {
      mine.run(code, () -> flights.remove(key, mine));
    } else {
      flight.await();
    }
    return flight.outcome();
  }

  /// The same without waiting: `DoChan`. If nobody is at the key, the code runs in a goroutine of
  /// its own.
  ///
  /// @param key what it is about
  /// @param code what to run
  /// @return a channel that gets one result, which may be a failure, and is never closed (SF-4)
  /// @throws RejectedExecutionException if a goroutine would be needed, and its scheduler is closed
  public ReceiveChannel<Result<V>> doChan(K key, Callable<? extends V> code) {
    Objects.requireNonNull(code, "code");
    Channel<Result<V>> channel = Channel.make(1);
    Flight<V> mine = new Flight<>(noMemory);
    Flight<V> flight = enter(key, mine);
    if (flight == mine) {
      start(key, mine, code);
    }
    flight.tell(channel);
    return channel;
  }

  private void start(K key, Flight<V> flight, Callable<? extends V> code) {
    Runnable leave = () -> flights.remove(key, flight);
    try {
      Runtime.get().spawn(null, () -> flight.run(code, leave));
    } catch (Throwable notStarted) {
      flight.fail(notStarted, leave);
      throw notStarted;
    }
  }

  /// Lets the next call for a key run its code, though another one's has not ended: `Forget`. Those
  /// who wait for that go on waiting for it (SF-5).
  ///
  /// @param key what it is about
  public void forget(K key) {
    flights.remove(key);
  }

  /// The flight of the key: the one given, which is then the caller's to run, or another one, which
  /// the caller has joined.
  private Flight<V> enter(K key, Flight<V> mine) {
    StackProbe.ensureNested(System.nanoTime()); // there must be room for the end before it begins
    for (; ; ) {
      Flight<V> present = flights.putIfAbsent(key, mine);
      if (present == null) {
        return mine;
      }
      if (present.join()) {
        return present;
      }
      flights.remove(key, present); // it has ended, and is about to do so itself
    }
  }

  /// `SingleFlight@1a2b[2 under way]`: a snapshot.
  @Override
  public String toString() {
    return "SingleFlight@" + Integer.toHexString(hashCode()) + "[" + flights.size() + " under way]";
  }
}
