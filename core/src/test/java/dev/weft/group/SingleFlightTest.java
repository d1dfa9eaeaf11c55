package dev.weft.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Goexit;
import dev.weft.channel.ReceiveChannel;
import dev.weft.group.SingleFlight.Result;
import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Kind;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of single flights, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class SingleFlightTest extends ThreadsContract {

  private final SingleFlight<String, String> flights = new SingleFlight<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  private String slow() throws InterruptedException {
    runs.incrementAndGet();
    begun.countDown();
    mayEnd.await();
    return "slow";
  }

  /// A thread that runs until it is let go.
  private Task<Result<String>> leader() throws InterruptedException {
    Task<Result<String>> leader = threads.call(() -> flights.doCall("key", this::slow));
    begun.await();
    return leader;
  }

  private Task<Result<String>> follower() throws InterruptedException {
    Task<Result<String>> follower =
        threads.call(() -> flights.doCall("key", () -> "its own, which is not run"));
    Await.until(
        () -> follower.thread().getState() == Thread.State.WAITING || follower.isDone(),
        () -> follower.thread() + " is " + follower.thread().getState());
    return follower;
  }

  @Override
  protected void assertSettled() {
    assertTrue(flights.toString().endsWith("[0 under way]"), flights::toString);
  }

  @Override
  protected void letGo() {
    mayEnd.countDown();
  }

  @Test
  @DisplayName("SF-1, SF-2: those who come meanwhile get what the first one's code returns")
  void share() throws Exception {
    Task<Result<String>> leader = leader();
    List<Task<Result<String>>> followers = List.of(follower(), follower());
    mayEnd.countDown();
    assertEquals(new Result<>("slow", null, true), leader.get());
    for (Task<Result<String>> follower : followers) {
      assertEquals(new Result<>("slow", null, true), follower.get());
    }
    assertEquals(1, runs.get());
  }

  @Test
  @DisplayName("SF-2, SF-3: alone it is not shared, and afterwards it runs again")
  void alone() throws Exception {
    for (int i = 1; i <= 3; i++) {
      int number = i;
      assertEquals(
          new Result<>("value " + i, null, false), flights.doCall("key", () -> "value " + number));
    }
    assertThrows(
        IOException.class,
        () ->
            flights.doCall(
                "key",
                () -> {
                  throw new IOException("for the test");
                }));
    assertEquals("again", flights.doCall("key", () -> "again").value());
    assertNull(new SingleFlight<String, @Nullable String>().doCall("key", () -> null).value());
  }

  @Test
  @DisplayName("SF-8: another key has a flight of its own")
  void keys() throws Exception {
    Task<Result<String>> leader = leader();
    assertEquals("quick", flights.doCall("other", () -> "quick").value());
    mayEnd.countDown();
    assertFalse(leader.get().shared());
  }

  @Test
  @DisplayName("SF-1, SF-6: what the code throws is thrown to all, whatever it is")
  void failure() throws Exception {
    for (Throwable thrown :
        List.of(new IOException("1"), new IllegalStateException("2"), new AssertionError("3"))) {
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      Task<Result<String>> leader =
          threads.call(
              () ->
                  flights.doCall(
                      "key",
                      () -> {
                        running.countDown();
                        go.await();
                        if (thrown instanceof Error error) {
                          throw error;
                        }
                        throw (Exception) thrown;
                      }));
      running.await();
      Task<Result<String>> follower = follower();
      ReceiveChannel<Result<String>> told = flights.doChan("key", () -> "not run");
      go.countDown();
      assertSame(thrown, leader.fails(thrown.getClass()));
      assertSame(thrown, follower.fails(thrown.getClass()));
      assertSame(thrown, Objects.requireNonNull(told.receive()).failure());
    }
  }

  @Test
  @DisplayName("SF-4: a channel gets one result, whether its own code runs or not")
  void channels() throws Exception {
    ReceiveChannel<Result<String>> own = flights.doChan("key", this::slow);
    begun.await();
    ReceiveChannel<Result<String>> joined = flights.doChan("key", () -> "not run");
    assertEquals(1, joined.cap());
    assertFalse(own.tryReceive().ok());
    mayEnd.countDown();
    for (ReceiveChannel<Result<String>> channel : List.of(own, joined)) {
      assertEquals(new Result<>("slow", null, true), channel.receive());
      assertFalse(channel.receive(Duration.ofMillis(1)).ok());
      assertFalse(channel.tryReceive().isClosed());
    }
    assertEquals(1, runs.get());
  }

  @Test
  @DisplayName("SF-5: forgotten, it goes on, and does not end the one that has come after it")
  void forget() throws Exception {
    Task<Result<String>> old = leader();
    Task<Result<String>> joined = follower();
    flights.forget("key");
    CountDownLatch secondBegun = new CountDownLatch(1);
    CountDownLatch secondMayEnd = new CountDownLatch(1);
    Task<Result<String>> second =
        threads.call(
            () ->
                flights.doCall(
                    "key",
                    () -> {
                      secondBegun.countDown();
                      secondMayEnd.await();
                      return "second";
                    }));
    secondBegun.await();
    mayEnd.countDown();
    assertEquals("slow", old.get().value());
    assertEquals("slow", joined.get().value());
    Task<Result<String>> joinedSecond = follower();
    secondMayEnd.countDown();
    assertEquals("second", second.get().value());
    assertEquals("second", joinedSecond.get().value());
  }

  @Test
  @DisplayName("SF-7: a goexit ends all goroutines that wait; other threads are told")
  void goexit() throws Exception {
    Task<Result<String>> leader =
        threads.call(
            () ->
                flights.doCall(
                    "key",
                    () -> {
                      begun.countDown();
                      mayEnd.await();
                      throw Goexit.INSTANCE;
                    }));
    begun.await();
    Task<Result<String>> follower = follower();
    ReceiveChannel<Result<String>> told = flights.doChan("key", () -> "not run");
    mayEnd.countDown();
    Class<? extends Throwable> expected =
        kind == Kind.GPM || kind == Kind.JDK ? Goexit.class : IllegalStateException.class;
    assertNotNull(leader.fails(expected));
    assertNotNull(follower.fails(expected));
    assertInstanceOf(IllegalStateException.class, Objects.requireNonNull(told.receive()).failure());
  }

  @Test
  @DisplayName("Who waits can be interrupted; the code goes on, and the others wait on")
  void interrupt() throws Exception {
    Task<Result<String>> leader = leader();
    Task<Result<String>> interrupted = follower();
    Task<Result<String>> patient = follower();
    interrupted.interrupt();
    interrupted.fails(InterruptedException.class);
    mayEnd.countDown();
    assertEquals("slow", leader.get().value());
    assertEquals("slow", patient.get().value());
  }

  @Test
  @DisplayName("Near the end of the stack a flight takes place as a whole, or not at all")
  void nearTheEndOfTheStack() throws Exception {
    Task<Descent> deep =
        threads.call(
            () ->
                Descent.of(
                    n -> {
                      ReceiveChannel<Result<String>> told = flights.doChan("other", () -> "other");
                      return call("value " + n) && told != null;
                    }));
    assertEquals(Descent.ENOUGH, deep.get().done());
    assertEquals("after", flights.doCall("key", () -> "after").value());
    Await.until(() -> flights.toString().endsWith("[0 under way]"), flights::toString);
  }

  private boolean call(String value) {
    try {
      return value.equals(flights.doCall("key", () -> value).value());
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  @DisplayName("SF-2: who has left does not count")
  void leftAlone() throws Exception {
    Task<Result<String>> leader = leader();
    Task<Result<String>> interrupted = follower();
    interrupted.interrupt();
    interrupted.fails(InterruptedException.class);
    mayEnd.countDown();
    assertEquals(new Result<>("slow", null, false), leader.get());
  }

  @Test
  @DisplayName("SF-1 to SF-5 under load: nobody gets the value of a run that it has had before")
  void storm() throws Exception {
    AtomicInteger begins = new AtomicInteger();
    List<Task<Boolean>> all = new ArrayList<>();
    SingleFlight<Integer, Integer> shared = new SingleFlight<>();
    for (int i = 0; i < 4; i++) {
      int own = i;
      all.add(
          threads.start(
              () -> {
                Set<Integer> had = new HashSet<>();
                for (int n = 0; n < Scale.times(2_000); n++) {
                  int got = (n + own) % 4 == 0 ? byChannel(shared, begins) : call(shared, begins);
                  assertTrue(had.add(got), "the value of a flight that had ended");
                  if (n % 7 == 0) {
                    shared.forget(1);
                  }
                }
              }));
    }
    for (Task<Boolean> task : all) {
      task.get();
    }
    assertTrue(begins.get() <= 4 * Scale.times(2_000));
    Await.until(() -> shared.toString().endsWith("[0 under way]"), shared::toString);
  }

  private static int call(SingleFlight<Integer, Integer> shared, AtomicInteger begins)
      throws Exception {
    return Objects.requireNonNull(shared.doCall(1, () -> numbered(begins)).value());
  }

  private static int byChannel(SingleFlight<Integer, Integer> shared, AtomicInteger begins)
      throws InterruptedException {
    Result<Integer> told = shared.doChan(1, () -> numbered(begins)).receive();
    return Objects.requireNonNull(Objects.requireNonNull(told).value());
  }

  private static int numbered(AtomicInteger begins) {
    int number = begins.incrementAndGet();
    Thread.yield();
    return number;
  }

  @Test
  @DisplayName("SF-4: channels are told also if the key cannot be found any more")
  void badKey() throws Exception {
    SingleFlight<BadKey, String> others = new SingleFlight<>();
    BadKey key = new BadKey();
    Task<Result<String>> leader = threads.call(() -> others.doCall(key, this::slow));
    begun.await();
    ReceiveChannel<Result<String>> told = others.doChan(key, () -> "not run");
    key.bad = true;
    mayEnd.countDown();
    leader.fails(IllegalStateException.class);
    assertEquals(
        "slow", Objects.requireNonNull(told.receive(Duration.ofSeconds(20)).value()).value());
  }

  private static final class BadKey {
    volatile boolean bad;

    @Override
    public int hashCode() {
      if (bad) {
        throw new IllegalStateException("for the test");
      }
      return 7;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }
}
