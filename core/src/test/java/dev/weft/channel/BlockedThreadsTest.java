package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weft.scheduler.Goroutine;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What others can see of those who wait.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#all")
class BlockedThreadsTest extends ChannelContract {

  static void awaitBlockedOn(Channel<?> channel, Task<?> task, String reason)
      throws InterruptedException {
    Await.until(
        () -> LockSupport.getBlocker(task.thread()) == channel,
        () -> task.thread() + " waits for " + LockSupport.getBlocker(task.thread()));
    Goroutine goroutine = task.goroutine();
    if (goroutine != null) {
      assertEquals(reason, goroutine.waitReason());
      Await.state(task.thread(), Thread.State.WAITING);
    }
  }

  @Test
  @DisplayName("A blocked receiver shows the channel as its blocker, and why it waits")
  void receiver() throws Exception {
    Task<Received<Integer>> receiver = blockedReceiver();
    awaitBlockedOn(channel, receiver, "chan receive");
    channel.send(1);
    receiver.get();
    assertNoLongerBlocked(receiver);
  }

  @Test
  @DisplayName("A blocked sender shows the channel as its blocker, and why it waits")
  void sender() throws Exception {
    fill();
    Task<Boolean> sender = blockedSender(capacity);
    awaitBlockedOn(channel, sender, "chan send");
    takeAll();
    sender.get();
    assertNoLongerBlocked(sender);
  }

  private static void assertNoLongerBlocked(Task<?> task) {
    assertNull(LockSupport.getBlocker(task.thread()));
    Goroutine goroutine = task.goroutine();
    if (goroutine != null) {
      assertNull(goroutine.waitReason());
    }
  }

  @Test
  @DisplayName("So do those who wait for a limited time")
  void timed() throws Exception {
    Task<Received<Integer>> receiver = threads.call(() -> channel.receive(Duration.ofHours(1)));
    Await.until(
        () -> LockSupport.getBlocker(receiver.thread()) == channel, "the receiver is blocked");
    channel.send(1);
    receiver.get();
    fill();
    Task<Boolean> sender = threads.call(() -> channel.send(-1, Duration.ofHours(1)));
    Await.until(() -> LockSupport.getBlocker(sender.thread()) == channel, "the sender is blocked");
    takeAll();
    sender.get();
  }

  @Test
  @DisplayName("toString shows state, length, capacity and how many wait")
  void text() throws Exception {
    String start = "Channel[#" + channel.id;
    assertEquals(start + " open, 0 of " + capacity + "]", channel.toString());
    Task<Received<Integer>> one = blockedReceiver();
    assertEquals(start + " open, 0 of " + capacity + ", 1 receiver waits]", channel.toString());
    Task<Received<Integer>> two = blockedReceiver();
    assertEquals(start + " open, 0 of " + capacity + ", 2 receivers wait]", channel.toString());
    channel.send(1);
    channel.send(2);
    one.get();
    two.get();
    fill();
    String full = start + " open, " + capacity + " of " + capacity;
    assertEquals(full + "]", channel.toString());
    blockedSender(1);
    assertEquals(full + ", 1 sender waits]", channel.toString());
    blockedSender(2);
    assertEquals(full + ", 2 senders wait]", channel.toString());
    takeAll();
    channel.close();
    assertEquals(start + " closed, 0 of " + capacity + "]", channel.toString());
  }

  @Test
  @DisplayName(
      "CH-32: beside elements no receiver waits, beside room no sender, when closed nobody")
  void invariants() throws Exception {
    channel.checkInvariants();
    List<Task<Received<Integer>>> receivers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      receivers.add(blockedReceiver());
      channel.checkInvariants();
      assertEquals(0, channel.len());
      assertEquals(0, channel.senders.size());
    }
    for (Task<Received<Integer>> receiver : receivers) {
      channel.send(0);
      channel.checkInvariants();
      receiver.get();
    }
    for (int i = 0; i < capacity; i++) {
      channel.send(i);
      channel.checkInvariants();
    }
    for (int i = 0; i < 3; i++) {
      blockedSender(capacity + i);
      channel.checkInvariants();
      assertEquals(capacity, channel.len());
      assertEquals(0, channel.receivers.size());
    }
    while (channel.tryReceive().ok()) {
      channel.checkInvariants();
    }
    blockedReceiver();
    channel.close();
    assertSettled(channel);
  }
}
