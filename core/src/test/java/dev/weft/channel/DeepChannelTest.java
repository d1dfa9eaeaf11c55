package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Descent;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The trap: a StackOverflowError can come with any call. Each operation at every depth near the
/// end of the stack either is done or throws, and then nothing has happened.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#few")
class DeepChannelTest extends ChannelContract {
  private static int checked(Task<Descent> task) throws InterruptedException {
    Descent descent = task.get();
    assertTrue(descent.done() > 0, "it was always tight");
    return descent.done();
  }

  @Test
  @DisplayName("send at every depth: who receives gets what was sent, and nothing else")
  void send() throws Exception {
    for (int round = 0; round < Scale.times(1); round++) {
      Channel<Integer> deep = Channel.make(capacity);
      Task<List<Integer>> receiver = receiveAll(deep);
      Task<Descent> sender =
          threads.call(
              () ->
                  Descent.of(
                      n -> {
                        uninterrupted(() -> deep.send(n));
                        return true;
                      }));
      int sent = checked(sender);
      deep.close();
      assertEquals(upTo(sent), receiver.get());
      assertSettled(deep);
    }
  }

  @Test
  @DisplayName("trySend at every depth: what was sent is in the buffer or with a receiver")
  void trySend() throws Exception {
    for (int round = 0; round < Scale.times(1); round++) {
      Channel<Integer> deep = Channel.make(capacity);
      Task<List<Integer>> receiver = receiveAll(deep);
      Task<Descent> sender = threads.call(() -> Descent.of(deep::trySend));
      int sent = sender.get().done();
      deep.close();
      assertEquals(upTo(sent), receiver.get());
      assertSettled(deep);
    }
  }

  private Task<List<Integer>> receiveAll(Channel<Integer> deep) throws InterruptedException {
    Task<List<Integer>> receiver =
        threads.call(
            () -> {
              List<Integer> seen = new ArrayList<>();
              deep.forEach(seen::add);
              return seen;
            });
    awaitReceivers(deep, 1);
    return receiver;
  }

  @Test
  @DisplayName("receive at every depth: where it throws nothing is lost")
  void receive() throws Exception {
    for (int round = 0; round < Scale.times(1); round++) {
      Channel<Integer> deep = Channel.make(capacity);
      sendUntilClosed(deep);
      Task<Descent> receiver =
          threads.call(
              () ->
                  Descent.of(
                      n -> {
                        uninterrupted(() -> assertSame(n, deep.receive()));
                        return true;
                      }));
      int received = checked(receiver);
      assertEquals(received, deep.receive());
      assertEquals(received + 1, deep.receive());
      deep.close();
      threads.join();
      deep.checkInvariants();
    }
  }

  @Test
  @DisplayName("tryReceive at every depth: where it throws nothing is lost")
  void tryReceive() throws Exception {
    for (int round = 0; round < Scale.times(1); round++) {
      Channel<Integer> deep = Channel.make(capacity);
      sendUntilClosed(deep);
      Task<Descent> receiver =
          threads.call(
              () ->
                  Descent.of(
                      n -> {
                        Received<Integer> received = deep.tryReceive();
                        if (received.ok()) {
                          assertSame(n, received.value());
                        }
                        return received.ok();
                      }));
      int received = receiver.get().done();
      assertEquals(received, deep.receive());
      assertEquals(received + 1, deep.receive());
      deep.close();
      threads.join();
      deep.checkInvariants();
    }
  }

  /// Starts a sender of 0, 1, ...
  private void sendUntilClosed(Channel<Integer> deep) {
    threads.start(
        () -> {
          try {
            for (int i = 0; ; i++) {
              deep.send(i);
            }
          } catch (ChannelClosedException end) {
            // as agreed
          }
        });
  }

  /// As assertEquals, which needs too much stack when it is loaded.
  private static void assertSame(int expected, @Nullable Integer actual) {
    if (actual == null || expected != actual) {
      throw new AssertionError(expected + " was to come, not " + actual);
    }
  }

  @FunctionalInterface
  private interface Operation {
    void run() throws InterruptedException;
  }

  private static void uninterrupted(Operation operation) {
    try {
      operation.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("close at every depth: it is closed and all are told, or nothing has happened")
  void close() throws Exception {
    List<Channel<Integer>> channels = new ArrayList<>();
    List<Task<Received<Integer>>> receivers = new ArrayList<>();
    for (int i = 0; i < Descent.ENOUGH; i++) {
      Channel<Integer> each = Channel.make(capacity);
      channels.add(each);
      for (int k = 0; k < 2; k++) {
        receivers.add(threads.call(each::receiveOk));
      }
    }
    for (Channel<Integer> each : channels) {
      awaitReceivers(each, 2);
    }
    // One that was closed halfway would refuse the next attempt.
    Task<Descent> closer =
        threads.call(
            () ->
                Descent.of(
                    n -> {
                      channels.get(n).close();
                      return true;
                    }));
    int closed = checked(closer);
    for (int i = 0; i < Descent.ENOUGH; i++) {
      Channel<Integer> each = channels.get(i);
      each.checkInvariants();
      assertEquals(i < closed, each.isClosed(), "channel " + i);
      if (i >= closed) {
        assertEquals(2, each.receivers.size());
        each.close();
      }
    }
    for (Task<Received<Integer>> receiver : receivers) {
      assertTrue(receiver.get().isClosed());
    }
  }
}
