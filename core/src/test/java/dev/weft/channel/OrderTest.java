package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Who is served when, and which element comes when.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#all")
class OrderTest extends ChannelContract {

  @Test
  @DisplayName("CH-8: blocked receivers are served in the order in which they came")
  void receiversInOrder() throws Exception {
    List<Task<Received<Integer>>> receivers = blockedReceivers(5);
    for (int i = 0; i < 5; i++) {
      assertTrue(channel.trySend(i));
    }
    for (int i = 0; i < 5; i++) {
      assertEquals(Received.of(i), receivers.get(i).get());
    }
  }

  @Test
  @DisplayName("CH-8: blocked senders deliver in the order in which they came")
  void sendersInOrder() throws Exception {
    fill();
    List<Task<Boolean>> senders = blockedSenders(capacity, 5);
    assertEquals(upTo(capacity + 5), takeAll());
    for (Task<Boolean> sender : senders) {
      assertTrue(sender.get());
    }
  }

  @Test
  @DisplayName("CH-8: those who leave change nothing about the order of the other receivers")
  void receiversLeave() throws Exception {
    List<Task<Received<Integer>>> receivers = blockedReceivers(6);
    for (int gone : new int[] {2, 0, 5}) {
      receivers.get(gone).interrupt();
      receivers.get(gone).fails(InterruptedException.class);
      channel.checkInvariants();
    }
    awaitReceivers(3);
    for (int stays : new int[] {1, 3, 4}) {
      assertTrue(channel.trySend(stays));
    }
    for (int stays : new int[] {1, 3, 4}) {
      assertEquals(Received.of(stays), receivers.get(stays).get());
    }
  }

  @Test
  @DisplayName("CH-8: those who leave change nothing about the order of the other senders")
  void sendersLeave() throws Exception {
    fill();
    List<Task<Boolean>> senders = blockedSenders(100, 6);
    for (int gone : new int[] {2, 0, 5}) {
      senders.get(gone).interrupt();
      senders.get(gone).fails(InterruptedException.class);
      channel.checkInvariants();
    }
    List<Integer> expected = upTo(capacity);
    expected.addAll(List.of(101, 103, 104));
    assertEquals(expected, takeAll());
  }

  @Test
  @DisplayName("CH-9: the elements of one thread arrive in the order in which it sent them")
  void oneSender() throws Exception {
    int n = Scale.times(500);
    Task<List<Integer>> receiver =
        threads.call(
            () -> {
              List<Integer> seen = new ArrayList<>();
              channel.forEach(seen::add);
              return seen;
            });
    threads.start(
        () -> {
          for (int i = 0; i < n; i++) {
            channel.send(i);
          }
          channel.close();
        });
    assertEquals(upTo(n), receiver.get());
  }

  @Test
  @DisplayName("CH-35: a blocked sender's element is transferred before it runs again")
  void senderNeedNotRun() throws Exception {
    fill();
    blockedSender(capacity);
    // Under the lock, so that nobody is woken between the two.
    channel.lock();
    List<Object> taken = new ArrayList<>();
    Object element = channel.poll();
    var toWake = channel.takeToWake();
    while (element != null) {
      taken.add(element);
      element = channel.poll();
    }
    channel.unlock();
    BlockingOperations.wake(toWake);
    assertEquals(upTo(capacity + 1), taken);
  }

  @Test
  @DisplayName("CH-5: a receive serves the buffer and then the sender before it comes to the end")
  void receiveOrder() throws Exception {
    fill();
    Task<Boolean> sender = blockedSender(capacity);
    for (int i = 0; i <= capacity; i++) {
      assertEquals(Received.of(i), channel.receiveOk());
    }
    assertTrue(sender.get());
    Task<Received<Integer>> receiver = blockedReceiver();
    assertFalse(receiver.isDone());
    channel.close();
    assertTrue(receiver.get().isClosed());
  }

  @Test
  @DisplayName("CH-26: the element is that of the call; what happens to the variable is no matter")
  void elementIsCaptured() throws Exception {
    fill();
    List<Task<Boolean>> senders = new ArrayList<>();
    int variable = 1_000;
    for (int i = 0; i < 3; i++) {
      senders.add(blockedSender(variable));
      variable++;
    }
    for (int i = 0; i < capacity; i++) {
      channel.receive();
    }
    assertEquals(List.of(1_000, 1_001, 1_002), takeAll());
    for (Task<Boolean> sender : senders) {
      sender.get();
    }
  }

  @Test
  @DisplayName("CH-16: a zero value is an element: ok")
  void zeroValue() throws Exception {
    Task<Boolean> sender = threads.start(() -> channel.send(0));
    Received<Integer> received = channel.receiveOk();
    assertTrue(received.ok());
    assertEquals(0, received.value());
    assertFalse(received.isClosed() || received.isEmpty());
    sender.get();
  }

  @Test
  @DisplayName("MEM-2: what was written before a send is seen after the receive of its element")
  void sendHappensBeforeReceive() throws Exception {
    int n = Scale.times(500);
    int[] written = new int[n];
    threads.start(
        () -> {
          for (int i = 0; i < n; i++) {
            written[i] = i + 1;
            channel.send(i);
          }
        });
    Task<Boolean> receiver =
        threads.start(
            () -> {
              for (int i = 0; i < n; i++) {
                assertEquals(i, channel.receive());
                assertEquals(i + 1, written[i]);
              }
            });
    receiver.get();
  }

  @Test
  @DisplayName("MEM-3: what was written before a close is seen by who receives the end")
  void closeHappensBeforeTheEnd() throws Exception {
    for (int round = 1; round <= Scale.times(30); round++) {
      Channel<Integer> once = Channel.make(capacity);
      int[] written = new int[1];
      int expected = round;
      Task<Boolean> receiver =
          threads.start(
              () -> {
                while (once.receive() != null) {}
                assertEquals(expected, written[0]);
              });
      written[0] = round;
      once.close();
      receiver.get();
      assertSettled(once);
    }
  }

  @Test
  @DisplayName(
      "MEM-1: what was written before a thread was started is seen in it and what it sends")
  void startHappensBefore() throws Exception {
    int[] written = new int[1];
    for (int round = 1; round <= Scale.times(30); round++) {
      written[0] = round;
      threads.start(() -> channel.send(written[0]));
      assertEquals(round, channel.receive());
    }
  }
}
