package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/// What tests of select share: threads of one kind, and channels that are looked at after the test.
abstract class SelectTesting {

  private final SelectThreads threads;
  private final List<Channel<?>> channels = new ArrayList<>();

  SelectTesting(Kind kind) {
    threads = new SelectThreads(kind);
  }

  final Kind kind() {
    return threads.kind();
  }

  /// A channel that has nobody in its queues when the test is over.
  final <T> Channel<T> make(int capacity) {
    Channel<T> channel = Channel.make(capacity);
    synchronized (channels) {
      channels.add(channel);
    }
    return channel;
  }

  /// Channels of one capacity.
  final <T> List<Channel<T>> make(int howMany, int capacity) {
    List<Channel<T>> made = new ArrayList<>();
    for (int i = 0; i < howMany; i++) {
      made.add(make(capacity));
    }
    return made;
  }

  /// `go f()`.
  final Task go(Body body) {
    return threads.go(body);
  }

  /// Runs the body on a thread of the kind, and waits for it.
  final void run(Body body) {
    threads.go(body).join();
  }

  /// Waits for all that was started with [#go].
  final void joinAll() {
    threads.joinAll();
  }

  /// Interrupts all that was started and never ends by itself.
  final void stopAll() {
    threads.stopAll();
  }

  static void awaitReceivers(Channel<?> channel, int n) throws InterruptedException {
    Await.until(() -> channel.receivers.size() == n, () -> n + " receivers wait: " + channel);
  }

  static void awaitSenders(Channel<?> channel, int n) throws InterruptedException {
    Await.until(() -> channel.senders.size() == n, () -> n + " senders wait: " + channel);
  }

  /// Fills the buffer with 0, 1, 2 ...
  static void fill(Channel<Integer> channel) {
    for (int i = 0; i < channel.cap(); i++) {
      assertTrue(channel.trySend(i));
    }
  }

  /// Receives something that is not the end.
  static <T> T take(ReceiveChannel<T> channel) throws InterruptedException {
    return Objects.requireNonNull(channel.receive(), "the end of the channel");
  }

  /// What was received, which was not the end.
  static <T> T value(ReceiveCase<T> received) {
    assertTrue(received.ok(), () -> received + " has met the end");
    return Objects.requireNonNull(received.value());
  }

  static void assertNobodyWaits(Channel<?> channel) {
    assertEquals(0, channel.receivers.size(), () -> "receivers of " + channel);
    assertEquals(0, channel.senders.size(), () -> "senders of " + channel);
    channel.checkInvariants();
  }

  /// Within ten standard deviations, as Go's own tests ask.
  static void assertShare(int count, int rounds, double share, String what) {
    double allowed = 10 * Math.sqrt(rounds * share * (1 - share));
    assertTrue(
        Math.abs(count - rounds * share) <= allowed,
        () -> what + ": " + count + " of " + rounds + ", expected a share of " + share);
  }

  @AfterEach
  final void nothingIsLeft() {
    int left = threads.interruptLeftOver();
    threads.close();
    assertEquals(0, left, "threads that still run");
    synchronized (channels) {
      channels.forEach(SelectTesting::assertNobodyWaits);
    }
  }
}
