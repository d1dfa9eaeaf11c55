package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.internal.park.WaitList;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.Waiter;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Interrupts: before, during and at the same time as what they interrupt.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#all")
class InterruptTest extends ChannelContract {
  private static final Duration LONG = Duration.ofHours(1);

  /// Runs it on a thread with the interrupt flag set: it throws, and the flag is gone.
  private void assertThrowsOnEntry(Body operation) throws InterruptedException {
    Task<Boolean> task =
        threads.start(
            () -> {
              Thread.currentThread().interrupt();
              operation.run();
            });
    task.fails(InterruptedException.class);
    assertFalse(task.endedWithFlag());
  }

  @Test
  @DisplayName("A send with the flag set throws at once, room or not, and has not sent")
  void sendOnEntry() throws Exception {
    assertThrowsOnEntry(() -> channel.send(1));
    assertThrowsOnEntry(() -> channel.send(1, LONG));
    assertThrowsOnEntry(() -> channel.send(1, Duration.ZERO));
    assertEquals(0, channel.len());
    fill();
    assertThrowsOnEntry(() -> channel.send(1));
    assertThrowsOnEntry(() -> channel.send(1, LONG));
    assertEquals(upTo(capacity), takeAll());
  }

  @Test
  @DisplayName("A send with the flag set does not go to a waiting receiver, who still waits")
  void sendOnEntryWithReceiver() throws Exception {
    Task<Received<Integer>> receiver = blockedReceiver();
    assertThrowsOnEntry(() -> channel.send(1));
    assertThrowsOnEntry(() -> channel.send(1, LONG));
    assertFalse(receiver.isDone());
    channel.send(2);
    assertEquals(Received.of(2), receiver.get());
  }

  @Test
  @DisplayName("A receive with the flag set throws at once, and has received nothing")
  void receiveOnEntry() throws Exception {
    fill();
    Task<Boolean> sender = blockedSender(capacity);
    assertThrowsOnEntry(channel::receive);
    assertThrowsOnEntry(channel::receiveOk);
    assertThrowsOnEntry(() -> channel.receive(LONG));
    assertThrowsOnEntry(() -> channel.receive(Duration.ZERO));
    assertThrowsOnEntry(() -> channel.forEach((Integer element) -> {}));
    assertFalse(sender.isDone());
    assertEquals(upTo(capacity + 1), takeAll());
  }

  @Test
  @DisplayName("With the flag set, blocking operations on a closed channel throw the interrupt")
  void closedOnEntry() throws Exception {
    channel.close();
    assertThrowsOnEntry(() -> channel.send(1));
    assertThrowsOnEntry(channel::receive);
    assertThrowsOnEntry(channel::receiveOk);
  }

  @Test
  @DisplayName("An interrupted receiver leaves its queue, and the element goes to the next")
  void receiverLeaves() throws Exception {
    Task<Received<Integer>> interrupted = blockedReceiver();
    Task<Received<Integer>> timed = threads.call(() -> channel.receive(LONG));
    awaitReceivers(2);
    Task<Received<Integer>> next = blockedReceiver();
    interrupted.interrupt();
    timed.interrupt();
    String said = message(interrupted.fails(InterruptedException.class));
    assertTrue(said.startsWith("receive from Channel[#" + channel.id), said);
    timed.fails(InterruptedException.class);
    assertFalse(interrupted.endedWithFlag());
    assertFalse(timed.endedWithFlag());
    assertTrue(channel.trySend(1));
    assertEquals(Received.of(1), next.get());
  }

  @Test
  @DisplayName("An interrupted sender leaves its queue with its element")
  void senderLeaves() throws Exception {
    fill();
    Task<Boolean> interrupted = blockedSender(1_000);
    Task<Boolean> timed = threads.call(() -> channel.send(1_001, LONG));
    awaitSenders(2);
    blockedSender(capacity);
    interrupted.interrupt();
    timed.interrupt();
    String said = message(interrupted.fails(InterruptedException.class));
    assertTrue(said.startsWith("send to Channel[#" + channel.id), said);
    timed.fails(InterruptedException.class);
    assertFalse(interrupted.endedWithFlag());
    assertFalse(timed.endedWithFlag());
    assertEquals(upTo(capacity + 1), takeAll());
  }

  // ---- Both at the same time, made so by holding the lock ----

  @Test
  @DisplayName("A receiver whose element came first returns it, and the flag is set")
  void elementBeatsInterrupt() throws Exception {
    for (Task<Received<Integer>> receiver :
        List.of(blockedReceiver(), threads.call(() -> channel.receive(LONG)))) {
      Await.until(() -> !channel.receivers.looksEmpty(), "the receiver waits");
      channel.lock();
      assertTrue(channel.offer(7));
      Objects.requireNonNull(channel.takeToWake());
      channel.unlock();
      receiver.interrupt(); // instead of the wake-up
      assertEquals(Received.of(7), receiver.get());
      assertTrue(receiver.endedWithFlag());
    }
  }

  @Test
  @DisplayName("A sender whose receiver came first returns normally, and the flag is set")
  void receiverBeatsInterrupt() throws Exception {
    fill();
    Task<Boolean> sender = blockedSender(capacity);
    channel.lock();
    channel.poll();
    Objects.requireNonNull(channel.takeToWake());
    channel.unlock();
    sender.interrupt();
    assertTrue(sender.get());
    assertTrue(sender.endedWithFlag());
    assertEquals(capacity, takeAll().size());
  }

  @Test
  @DisplayName("A receiver that was interrupted first gets nothing; the element is not lost")
  void interruptBeatsElement() throws Exception {
    Task<Received<Integer>> receiver = blockedReceiver();
    channel.lock();
    receiver.interrupt();
    awaitDecided(channel.receivers);
    boolean sent = channel.offer(7);
    Waiter toWake = channel.takeToWake();
    channel.unlock();
    assertEquals(null, toWake);
    assertEquals(capacity > 0, sent);
    receiver.fails(InterruptedException.class);
    assertEquals(capacity > 0 ? List.of(7) : List.of(), takeAll());
  }

  @Test
  @DisplayName("A sender that was interrupted first keeps its element; the next one's is taken")
  void interruptBeatsReceiver() throws Exception {
    fill();
    Task<Boolean> first = blockedSender(1_000);
    channel.lock();
    first.interrupt();
    awaitDecided(channel.senders);
    channel.unlock();
    first.fails(InterruptedException.class);
    Task<Boolean> second = blockedSender(1_001);
    channel.lock();
    second.interrupt();
    awaitDecided(channel.senders);
    Object taken = channel.poll();
    Waiter toWake = channel.takeToWake();
    channel.unlock();
    assertEquals(null, toWake);
    assertEquals(capacity > 0 ? Integer.valueOf(0) : null, taken);
    second.fails(InterruptedException.class);
    assertEquals(upTo(capacity).subList(Math.min(1, capacity), capacity), takeAll());
  }

  /// Waits until the only one in the queue has decided its wait by itself. With the lock held, so
  /// that it cannot leave.
  private static void awaitDecided(WaitList queue) throws InterruptedException {
    WaitNode node = Objects.requireNonNull(queue.poll());
    Waiter waiter = node.waiter();
    queue.add(node);
    Await.until(() -> waiter.reason() == null, "the waiter has seen the interrupt");
  }

  @Test
  @DisplayName(
      "CH-28: nothing but partner, close, interrupt and timeout ends a wait: no unpark does")
  void strayUnparks() throws Exception {
    Task<Received<Integer>> receiver = blockedReceiver();
    Task<Received<Integer>> timed = threads.call(() -> channel.receive(LONG));
    awaitReceivers(2);
    for (int i = 0; i < 20; i++) {
      LockSupport.unpark(receiver.thread());
      LockSupport.unpark(timed.thread());
      Thread.yield();
    }
    assertFalse(receiver.isDone() || timed.isDone());
    channel.send(1);
    channel.send(2);
    assertEquals(Received.of(1), receiver.get());
    assertEquals(Received.of(2), timed.get());
    fill();
    Task<Boolean> sender = blockedSender(capacity);
    for (int i = 0; i < 20; i++) {
      LockSupport.unpark(sender.thread());
      Thread.yield();
    }
    assertFalse(sender.isDone());
    assertEquals(upTo(capacity + 1), takeAll());
  }
}
