package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Closing, and what it does to those who wait and those who come later.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#all")
class CloseTest extends ChannelContract {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  @DisplayName("CH-11: to close a closed channel throws, and names it")
  void closeTwice() {
    assertFalse(channel.isClosed());
    channel.close();
    assertTrue(channel.isClosed());
    String said = message(assertThrows(ChannelClosedException.class, channel::close));
    assertTrue(said.contains("close of closed channel: " + channel), said);
    assertTrue(channel.isClosed());
  }

  @Test
  @DisplayName("tryClose closes once, and tells whether it did")
  void tryClose() {
    assertTrue(channel.tryClose());
    assertFalse(channel.tryClose());
    assertThrows(ChannelClosedException.class, channel::close);
    assertTrue(channel.isClosed());
  }

  @Test
  @DisplayName("Of many who tryClose at once, one closes")
  void tryCloseRace() throws Exception {
    for (int round = 0; round < Scale.times(20); round++) {
      Channel<Integer> contended = Channel.make(capacity);
      List<Task<Boolean>> closers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        closers.add(threads.call(contended::tryClose));
      }
      int closed = 0;
      for (Task<Boolean> closer : closers) {
        closed += closer.get() ? 1 : 0;
      }
      assertEquals(1, closed);
      assertSettled(contended);
    }
  }

  @Test
  @DisplayName("CH-12: each way to send to a closed channel throws; CH-4: room is no matter")
  void sendAfterClose() {
    channel.close();
    String said = message(assertThrows(ChannelClosedException.class, () -> channel.send(1)));
    assertTrue(said.contains("send on closed channel: " + channel), said);
    assertThrows(ChannelClosedException.class, () -> channel.trySend(1));
    assertThrows(ChannelClosedException.class, () -> channel.send(1, Duration.ZERO));
    assertThrows(ChannelClosedException.class, () -> channel.send(1, LONG));
    assertEquals(0, channel.len());
  }

  @Test
  @DisplayName("CH-12: the same with a full buffer, which is left as it is")
  void sendAfterCloseFull() {
    fill();
    channel.close();
    assertThrows(ChannelClosedException.class, () -> channel.send(1));
    assertThrows(ChannelClosedException.class, () -> channel.trySend(1));
    assertThrows(ChannelClosedException.class, () -> channel.send(1, Duration.ofSeconds(-1)));
    assertThrows(ChannelClosedException.class, () -> channel.send(1, LONG));
    assertEquals(upTo(capacity), takeAll());
  }

  @Test
  @DisplayName("CH-13: close wakes every blocked sender, timed or not; each of them throws")
  void blockedSendersFail() throws Exception {
    fill();
    List<Task<Boolean>> senders = blockedSenders(capacity, 3);
    senders.add(threads.call(() -> channel.send(-1, LONG)));
    awaitSenders(4);
    channel.close();
    for (Task<Boolean> sender : senders) {
      String said = message(sender.fails(ChannelClosedException.class));
      assertTrue(said.contains("send on closed channel"), said);
      assertFalse(sender.endedWithFlag());
    }
    assertEquals(upTo(capacity), takeAll(), "the elements of the senders are dropped");
  }

  @Test
  @DisplayName("CH-14: close wakes every blocked receiver, timed or not, with the end")
  void blockedReceiversEnd() throws Exception {
    List<Task<Received<Integer>>> receivers = blockedReceivers(3);
    receivers.add(threads.call(() -> channel.receive(LONG)));
    awaitReceivers(4);
    Task<Boolean> plain = threads.start(() -> assertNull(channel.receive()));
    awaitReceivers(5);
    channel.close();
    for (Task<Received<Integer>> receiver : receivers) {
      assertTrue(receiver.get().isClosed());
    }
    assertTrue(plain.get());
  }

  @Test
  @DisplayName("CH-15: after the end each way to receive says so at once, for ever")
  void endForEver() throws Exception {
    fill();
    channel.close();
    assertEquals(upTo(capacity), takeAll());
    for (int i = 0; i < 3; i++) {
      assertNull(channel.receive());
      assertTrue(channel.receiveOk().isClosed());
      assertTrue(channel.tryReceive().isClosed());
      assertTrue(channel.receive(Duration.ZERO).isClosed());
      assertTrue(channel.receive(LONG).isClosed());
      assertEquals(0, channel.drainTo(new ArrayList<>(), 10));
      assertFalse(channel.iterator().hasNext());
    }
  }

  @Test
  @DisplayName("CH-16: the end is not ok, and its value is null")
  void endIsNotOk() throws Exception {
    channel.close();
    Received<Integer> end = channel.receiveOk();
    assertFalse(end.ok());
    assertNull(end.value());
    assertTrue(end.isClosed());
    assertFalse(end.isEmpty());
  }

  @Test
  @DisplayName("CH-18: once the channel is seen closed nobody is left in a queue")
  void allDetachedAtOnce() throws Exception {
    for (int round = 0; round < Scale.times(5); round++) {
      Channel<Integer> observed = Channel.make(capacity);
      List<Task<Received<Integer>>> receivers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        receivers.add(threads.call(observed::receiveOk));
      }
      awaitReceivers(observed, 10);
      Task<Boolean> closer = threads.call(observed::tryClose);
      boolean closed;
      do {
        observed.lock();
        closed = observed.isClosed();
        int left = observed.receivers.size();
        observed.unlock();
        assertEquals(closed ? 0 : 10, left);
      } while (!closed);
      closer.get();
      for (Task<Received<Integer>> receiver : receivers) {
        assertTrue(receiver.get().isClosed());
      }
    }
  }

  @Test
  @DisplayName("Close against sends: what was sent is received, what failed is not")
  void closeAgainstSends() throws Exception {
    for (int round = 0; round < Scale.times(10); round++) {
      Channel<Integer> raced = Channel.make(capacity);
      Task<Integer> sender =
          threads.call(
              () -> {
                int sent = 0;
                try {
                  while (true) {
                    raced.send(sent);
                    sent++;
                  }
                } catch (ChannelClosedException end) {
                  return sent;
                }
              });
      Task<Integer> receiver =
          threads.call(
              () -> {
                int received = 0;
                for (int element : raced) {
                  assertEquals(received++, element);
                }
                return received;
              });
      threads.start(raced::close);
      assertEquals(sender.get(), receiver.get());
      assertSettled(raced);
    }
  }
}
