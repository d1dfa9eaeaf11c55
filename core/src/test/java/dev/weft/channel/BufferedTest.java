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

/// The buffer, and how it works together with those who wait.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#buffered")
class BufferedTest extends ChannelContract {

  @Test
  @DisplayName("CH-2: exactly cap sends succeed without a receiver, and do not block")
  void exactlyCapSends() throws Exception {
    for (int i = 0; i < capacity; i++) {
      assertEquals(i, channel.len());
      channel.send(i);
    }
    assertEquals(capacity, channel.len());
    assertFalse(channel.trySend(-1));
    Task<Boolean> oneMore = blockedSender(capacity);
    assertEquals(capacity, channel.len());
    assertEquals(upTo(capacity + 1), takeAll());
    assertTrue(oneMore.get());
  }

  @Test
  @DisplayName("CH-3: an element for a waiting receiver bypasses the buffer")
  void bypassesBuffer() throws Exception {
    List<Task<Received<Integer>>> receivers = blockedReceivers(2);
    channel.send(1);
    assertEquals(0, channel.len());
    assertTrue(channel.trySend(2));
    assertEquals(0, channel.len());
    assertEquals(Received.of(1), receivers.get(0).get());
    assertEquals(Received.of(2), receivers.get(1).get());
    channel.send(3);
    assertEquals(1, channel.len());
    assertEquals(3, channel.receive());
  }

  @Test
  @DisplayName("CH-6: a receive from a full buffer takes its head, and the first sender fills up")
  void rotation() throws Exception {
    fill();
    List<Task<Boolean>> senders = blockedSenders(capacity, 3);
    for (int i = 0; i < 3; i++) {
      assertEquals(i, channel.receive());
      assertEquals(capacity, channel.len(), "count is unchanged");
      assertTrue(senders.get(i).get());
    }
    for (int i = 3; i < capacity + 3; i++) {
      assertEquals(i, channel.receive());
    }
    assertTrue(channel.tryReceive().isEmpty());
  }

  @Test
  @DisplayName("CH-6: rotation at each position of the ring keeps the order")
  void rotationEverywhere() throws Exception {
    for (int start = 0; start <= capacity; start += capacity > 10 ? 19 : 1) {
      for (int i = 0; i < start; i++) {
        channel.send(-1);
        channel.receive();
      }
      fill();
      Task<Boolean> sender = blockedSender(capacity);
      assertEquals(upTo(capacity + 1), takeAll());
      assertTrue(sender.get());
      channel.checkInvariants();
    }
  }

  @Test
  @DisplayName("CH-9: at each fill level and position elements come out as they went in")
  void everyFillLevel() throws Exception {
    int sent = 0;
    int received = 0;
    for (int level = 1; level <= capacity; level++) {
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < level; i++) {
          channel.send(sent++);
        }
        assertEquals(level, channel.len());
        for (int i = 0; i < level; i++) {
          assertEquals(received++, channel.receive());
        }
        channel.checkInvariants();
      }
    }
  }

  @Test
  @DisplayName("CH-24: len counts what is in the buffer, before and after close; cap is constant")
  void length() throws Exception {
    fill();
    channel.close();
    for (int left = capacity; left > 0; left--) {
      assertEquals(left, channel.len());
      assertEquals(capacity, channel.cap());
      channel.receive();
    }
    assertEquals(0, channel.len());
    assertEquals(capacity, channel.cap());
  }

  @Test
  @DisplayName("CH-15: a closed buffer is drained in order with ok, then the end comes for ever")
  void drainAfterClose() throws Exception {
    fill();
    channel.close();
    for (int i = 0; i < capacity; i++) {
      assertEquals(Received.of(i), i % 2 == 0 ? channel.receiveOk() : channel.tryReceive());
    }
    for (int i = 0; i < 3; i++) {
      assertTrue(channel.receiveOk().isClosed());
      assertTrue(channel.tryReceive().isClosed());
    }
  }

  @Test
  @DisplayName("CH-13: close wakes blocked senders; the buffer stays, their elements do not enter")
  void closeKeepsBuffer() throws Exception {
    fill();
    List<Task<Boolean>> senders = blockedSenders(capacity, 3);
    channel.close();
    for (Task<Boolean> sender : senders) {
      sender.fails(ChannelClosedException.class);
    }
    assertEquals(upTo(capacity), takeAll());
    assertTrue(channel.receiveOk().isClosed());
  }

  @Test
  @DisplayName("MEM-5: the k-th receive happens before the return of the (k+C)-th send")
  void receiveHappensBeforeLaterSend() throws Exception {
    int n = Scale.times(500) + capacity;
    // Plain: the k-th receiver writes slot k before it receives.
    int[] written = new int[n];
    threads.start(
        () -> {
          for (int k = 0; k < n; k++) {
            written[k] = k + 1;
            assertEquals(k, channel.receive());
          }
        });
    Task<Boolean> sender =
        threads.start(
            () -> {
              for (int i = 0; i < n; i++) {
                channel.send(i);
                if (i >= capacity) {
                  assertEquals(i - capacity + 1, written[i - capacity]);
                }
              }
            });
    sender.get();
  }

  @Test
  @DisplayName("CH-2: a buffered channel as a counting semaphore admits no more than cap")
  void semaphore() throws Exception {
    int workers = 4;
    int rounds = Scale.times(50);
    int[] inside = new int[1];
    Object lock = new Object();
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      tasks.add(
          threads.start(
              () -> {
                for (int i = 0; i < rounds; i++) {
                  channel.send(i);
                  synchronized (lock) {
                    assertTrue(++inside[0] <= capacity);
                  }
                  synchronized (lock) {
                    inside[0]--;
                  }
                  channel.receive();
                }
              }));
    }
    for (Task<Boolean> task : tasks) {
      task.get();
    }
    assertEquals(0, channel.len());
  }

  @Test
  @DisplayName("Receivers and senders that only try meet in the end, and nothing is lost")
  void tryAgainstTry() throws Exception {
    int n = Scale.times(100);
    threads.start(
        () -> {
          for (int i = 0; i < n; i++) {
            while (!channel.trySend(i)) {
              Thread.yield();
            }
          }
        });
    Task<Boolean> receiver =
        threads.start(
            () -> {
              for (int i = 0; i < n; i++) {
                assertEquals(Received.of(i), receiveByTrying());
              }
            });
    receiver.get();
  }
}
