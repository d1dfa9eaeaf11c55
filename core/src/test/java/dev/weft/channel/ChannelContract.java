package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.WaitList;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import dev.weft.testkit.Threads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;

/// What the tests of a channel share: a channel, threads, and the look at both after each test.
///
/// A subclass says with `@MethodSource` which [Setting]s it runs on.
@SuppressWarnings("NullAway.Init") // the parameter is set by JUnit
abstract class ChannelContract {
  @Parameter Setting setting;

  @RegisterExtension
  final AfterEachCallback ending = context -> end(context.getExecutionException().isPresent());

  Threads threads;
  Channel<Integer> channel;
  int capacity;

  @BeforeEach
  void begin() {
    capacity = setting.capacity();
    threads = new Threads(setting.kind());
    channel = Channel.make(capacity);
  }

  /// All threads must end by themselves, and nobody be left in a queue.
  private void end(boolean failed) throws InterruptedException {
    try {
      if (!failed) {
        threads.join();
        assertSettled(channel);
      }
    } finally {
      threads.close();
    }
  }

  /// Fails unless nobody waits and all is as it should be.
  static void assertSettled(Channel<?> channel) {
    channel.checkInvariants();
    assertEquals(0, waiting(channel, channel.receivers), "waiting receivers");
    assertEquals(0, waiting(channel, channel.senders), "waiting senders");
  }

  private static int waiting(Channel<?> channel, WaitList queue) {
    channel.lock();
    int size = queue.size();
    channel.unlock();
    return size;
  }

  void awaitReceivers(int n) throws InterruptedException {
    awaitReceivers(channel, n);
  }

  static void awaitReceivers(Channel<?> channel, int n) throws InterruptedException {
    Await.until(() -> waiting(channel, channel.receivers) == n, () -> n + " receivers: " + channel);
  }

  void awaitSenders(int n) throws InterruptedException {
    awaitSenders(channel, n);
  }

  static void awaitSenders(Channel<?> channel, int n) throws InterruptedException {
    Await.until(() -> waiting(channel, channel.senders) == n, () -> n + " senders: " + channel);
  }

  /// Sends 0, 1, ... until the buffer is full.
  void fill() {
    for (int i = 0; i < capacity; i++) {
      assertTrue(channel.trySend(i));
    }
    assertFalse(channel.trySend(-1));
  }

  /// Starts a receiver; it waits when this returns. The channel must be empty.
  Task<Received<Integer>> blockedReceiver() throws InterruptedException {
    int before = waiting(channel, channel.receivers);
    Task<Received<Integer>> task = threads.call(channel::receiveOk);
    awaitReceivers(before + 1);
    return task;
  }

  List<Task<Received<Integer>>> blockedReceivers(int n) throws InterruptedException {
    List<Task<Received<Integer>>> tasks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      tasks.add(blockedReceiver());
    }
    return tasks;
  }

  /// Starts a sender; it waits when this returns. The buffer must be full.
  Task<Boolean> blockedSender(int element) throws InterruptedException {
    int before = waiting(channel, channel.senders);
    Task<Boolean> task = threads.start(() -> channel.send(element));
    awaitSenders(before + 1);
    return task;
  }

  /// Starts senders of `first`, `first + 1`, ... which wait in this order.
  List<Task<Boolean>> blockedSenders(int first, int n) throws InterruptedException {
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      tasks.add(blockedSender(first + i));
    }
    return tasks;
  }

  static String message(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }

  /// Receives without ever waiting in the queue.
  Received<Integer> receiveByTrying() {
    Received<Integer> received = channel.tryReceive();
    while (received.isEmpty()) {
      Thread.yield();
      received = channel.tryReceive();
    }
    return received;
  }

  /// Takes everything that can be had without waiting.
  List<Integer> takeAll() {
    List<Integer> taken = new ArrayList<>();
    channel.drainTo(taken, Integer.MAX_VALUE);
    return taken;
  }

  /// `0, 1, ..., n - 1`.
  static List<Integer> upTo(int n) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      numbers.add(i);
    }
    return numbers;
  }
}
