package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Hand-over from thread to thread, without a buffer.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#unbuffered")
class UnbufferedTest extends ChannelContract {

  @Test
  @DisplayName("CH-1: an unbuffered send completes only when it is paired with a receive")
  void sendWaitsForReceive() throws Exception {
    Task<Boolean> sender = blockedSender(1);
    assertFalse(sender.isDone());
    assertEquals(0, channel.len(), "nothing enters a buffer");
    assertEquals(1, channel.receive());
    assertTrue(sender.get());
  }

  @Test
  @DisplayName("CH-1: an unbuffered receive completes only when it is paired with a send")
  void receiveWaitsForSend() throws Exception {
    Task<Received<Integer>> receiver = blockedReceiver();
    assertFalse(receiver.isDone());
    channel.send(1);
    assertEquals(Received.of(1), receiver.get());
    assertEquals(0, channel.len());
  }

  @Test
  @DisplayName("CH-7: a receive takes the element of the first sender, the very object")
  void directlyFromSender() throws Exception {
    Channel<Object> objects = Channel.make();
    Object element = new Object();
    Object next = new Object();
    threads.start(() -> objects.send(element));
    awaitSenders(objects, 1);
    threads.start(() -> objects.send(next));
    awaitSenders(objects, 2);
    assertSame(element, objects.receive());
    assertSame(next, objects.receive());
    threads.join();
    assertSettled(objects);
  }

  @Test
  @DisplayName("CH-3: a send to a waiting receiver does not wait")
  void sendToWaitingReceiver() throws Exception {
    List<Task<Received<Integer>>> receivers = blockedReceivers(2);
    assertTrue(channel.trySend(1));
    assertEquals(Received.of(1), receivers.get(0).get());
    assertFalse(receivers.get(1).isDone());
    channel.send(2);
    assertEquals(Received.of(2), receivers.get(1).get());
    assertFalse(channel.trySend(3));
  }

  @Test
  @DisplayName("CH-24: len is 0 even with blocked senders, and so is cap")
  void lengthWithSenders() throws Exception {
    List<Task<Boolean>> senders = blockedSenders(0, 3);
    assertEquals(0, channel.len());
    assertEquals(0, channel.cap());
    assertEquals(upTo(3), takeAll());
    for (Task<Boolean> sender : senders) {
      assertTrue(sender.get());
    }
  }

  @Test
  @DisplayName("CH-1: two threads play ping-pong, and every ball comes back")
  void pingPong() throws Exception {
    int rounds = Scale.times(300);
    Channel<Integer> back = Channel.make();
    threads.start(
        () -> {
          for (int ball : channel) {
            back.send(ball + 1);
          }
          back.close();
        });
    Task<Integer> ping =
        threads.call(
            () -> {
              int ball = 0;
              for (int i = 0; i < rounds; i++) {
                channel.send(ball);
                ball = Objects.requireNonNull(back.receive());
              }
              channel.close();
              return ball;
            });
    assertEquals(rounds, ping.get());
    threads.join();
    assertSettled(back);
    assertTrue(back.isClosed());
  }

  @Test
  @DisplayName("MEM-4: what a receiver wrote before its receive is seen after the matching send")
  void receiveHappensBeforeSendReturns() throws Exception {
    int rounds = Scale.times(300);
    int[] written = new int[1];
    threads.start(
        () -> {
          for (int i = 1; i <= rounds; i++) {
            written[0] = i;
            channel.receive();
            channel.receive(); // until the other has looked
          }
        });
    Task<Boolean> sender =
        threads.start(
            () -> {
              for (int i = 1; i <= rounds; i++) {
                channel.send(0);
                assertEquals(i, written[0]);
                channel.send(0);
              }
            });
    sender.get();
  }
}
