package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.Received;
import dev.weft.channel.Select;
import dev.weft.testkit.Await;
import dev.weft.testkit.ThreadsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// What the tests of timers share: a clock that they move themselves, and looks at a channel.
abstract class TimerContract extends ThreadsContract {
  static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
  static final Duration FAR = Duration.ofHours(3);

  final FakeClock clock = new FakeClock();

  static Duration seconds(long n) {
    return Duration.ofSeconds(n);
  }

  static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  static void assertNothing(ReceiveChannel<Instant> channel) {
    Received<Instant> received = channel.tryReceive();
    assertTrue(received.isEmpty(), () -> "there is a value: " + received);
  }

  static void assertTick(long seconds, ReceiveChannel<Instant> channel) {
    Received<Instant> received = channel.tryReceive();
    assertTrue(received.ok(), () -> "there is no value: " + channel);
    assertEquals(at(seconds), received.value());
  }

  static Instant receive(ReceiveChannel<Instant> channel) throws InterruptedException {
    return Objects.requireNonNull(channel.receive(), "the channel of a timer is never closed");
  }

  /// Looks whether there is a value, so that it is made, and takes something else.
  static void look(ReceiveChannel<Instant> channel) throws InterruptedException {
    Channel<String> other = Channel.make(1);
    other.send("ready");
    assertEquals(0, Select.selectOrdered(other.onReceive(), channel.onReceive()));
  }

  /// Waits until so many wait by the clock, but not for ever as [FakeClock#awaitPending] would.
  final void awaitPending(int count) throws InterruptedException {
    Await.until(() -> clock.pending() >= count, () -> count + " pending, not " + clock);
  }

  /// Waits until so many are in the queue of the channel.
  static void awaitReceivers(int count, ReceiveChannel<Instant> channel)
      throws InterruptedException {
    String waiting = ", " + count + (count == 1 ? " receiver waits]" : " receivers wait]");
    Await.until(() -> channel.toString().endsWith(waiting), () -> channel + " has" + waiting);
  }

  static void assertNobodyWaits(ReceiveChannel<Instant> channel) {
    assertTrue(channel.toString().endsWith(" open, 0 of 0]"), channel::toString);
  }

  /// No test leaves anything behind on the clock.
  @Override
  protected void assertSettled() {
    assertEquals(0, clock.pending(), clock::toString);
  }
}
