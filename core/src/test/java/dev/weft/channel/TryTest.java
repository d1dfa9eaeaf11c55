package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The forms that never wait.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#all")
class TryTest extends ChannelContract {

  @Test
  @DisplayName("CH-19: trySend succeeds into a free slot, else not; on a closed channel it throws")
  void trySend() {
    for (int i = 0; i < capacity; i++) {
      assertTrue(channel.trySend(i));
    }
    assertFalse(channel.trySend(capacity));
    assertFalse(channel.trySend(capacity));
    assertEquals(upTo(capacity), takeAll());
    channel.close();
    assertThrows(ChannelClosedException.class, () -> channel.trySend(0));
  }

  @Test
  @DisplayName("CH-19: trySend succeeds if a receiver waits")
  void trySendToReceiver() throws Exception {
    Task<Received<Integer>> receiver = blockedReceiver();
    assertTrue(channel.trySend(1));
    assertEquals(Received.of(1), receiver.get());
    assertEquals(0, channel.len());
  }

  @Test
  @DisplayName("CH-20: tryReceive takes from a sender that waits or from the buffer, else is empty")
  void tryReceive() throws Exception {
    assertTrue(channel.tryReceive().isEmpty());
    fill();
    Task<Boolean> sender = blockedSender(capacity);
    for (int i = 0; i <= capacity; i++) {
      assertEquals(Received.of(i), channel.tryReceive());
    }
    assertTrue(sender.get());
    Received<Integer> empty = channel.tryReceive();
    assertTrue(empty.isEmpty());
    assertFalse(empty.ok() || empty.isClosed());
  }

  @Test
  @DisplayName("CH-20: on a closed and drained channel tryReceive gives the end, not nothing")
  void tryReceiveAtTheEnd() {
    fill();
    channel.close();
    for (int i = 0; i < capacity; i++) {
      assertTrue(channel.tryReceive().ok());
    }
    assertTrue(channel.tryReceive().isClosed());
  }

  @Test
  @DisplayName("CH-21: tryReceive never says that a channel closed before is empty and open")
  void closeBeforeTryReceive() throws Exception {
    for (int round = 0; round < Scale.times(50); round++) {
      Channel<Integer> raced = Channel.make(capacity);
      Task<Boolean> closer =
          threads.start(
              () -> {
                raced.trySend(1);
                raced.close();
              });
      Task<Boolean> receiver =
          threads.start(
              () -> {
                boolean closed;
                boolean ended;
                do {
                  closed = raced.isClosed();
                  Received<Integer> received = raced.tryReceive();
                  assertFalse(closed && received.isEmpty());
                  ended = received.isClosed();
                  if (!ended) {
                    Thread.yield();
                  }
                } while (!ended);
              });
      closer.get();
      receiver.get();
      assertSettled(raced);
    }
  }

  @Test
  @DisplayName("The try forms do not look at the interrupt flag, and leave it as it is")
  void interruptFlag() throws Exception {
    fill();
    Task<Boolean> sender = blockedSender(capacity);
    Task<Boolean> task =
        threads.start(
            () -> {
              Thread.currentThread().interrupt();
              assertFalse(channel.trySend(-1));
              assertEquals(Received.of(0), channel.tryReceive());
              List<Integer> rest = new ArrayList<>();
              assertEquals(capacity, channel.drainTo(rest, capacity + 5));
              assertTrue(channel.tryReceive().isEmpty());
              channel.close();
              assertFalse(channel.tryClose());
              assertTrue(channel.tryReceive().isClosed());
            });
    task.get();
    sender.get();
    assertTrue(task.endedWithFlag());
  }

  @Test
  @DisplayName("The try forms wait for the lock with the flag set, and leave it as it is")
  void lockWithInterruptFlag() throws Exception {
    channel.lock();
    Task<Boolean> task =
        threads.start(
            () -> {
              Thread.currentThread().interrupt();
              channel.close();
            });
    try {
      Await.until(() -> task.thread().isInterrupted(), "it waits for the lock, or soon will");
      assertFalse(task.isDone());
      assertFalse(channel.isClosed());
    } finally {
      channel.unlock();
    }
    task.get();
    assertTrue(task.endedWithFlag());
  }

  @Test
  @DisplayName("A sender that waits and a receiver that only tries meet, and the other way round")
  void tryAgainstBlocking() throws Exception {
    int n = Scale.times(100);
    Channel<Integer> back = Channel.make(capacity);
    threads.start(
        () -> {
          for (int i = 0; i < n; i++) {
            channel.send(i);
            assertEquals(i, back.receive());
          }
        });
    Task<Boolean> trying =
        threads.start(
            () -> {
              for (int i = 0; i < n; i++) {
                assertEquals(Received.of(i), receiveByTrying());
                while (!back.trySend(i)) {
                  Thread.yield();
                }
              }
            });
    trying.get();
    threads.join();
    assertSettled(back);
  }
}
