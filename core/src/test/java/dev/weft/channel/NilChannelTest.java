package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The nil channel.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#unbuffered")
class NilChannelTest extends ChannelContract {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(Long.MAX_VALUE);
  private final Channel<Integer> nil = Channel.nil();

  private void assertBlocksUntilInterrupted(String reason, Body operation) throws Exception {
    Task<Boolean> task = threads.start(operation);
    BlockedThreadsTest.awaitBlockedOn(nil, task, reason);
    task.interrupt();
    String said = message(task.fails(InterruptedException.class));
    assertTrue(said.contains(reason), said);
    assertFalse(task.endedWithFlag());
    assertSettled(nil);
  }

  @Test
  @DisplayName("CH-10: a send to nil blocks until it is interrupted")
  void send() throws Exception {
    assertBlocksUntilInterrupted("chan send (nil chan)", () -> nil.send(1));
    assertBlocksUntilInterrupted("chan send (nil chan)", () -> nil.send(1, LONG));
  }

  @Test
  @DisplayName("CH-10: a receive from nil blocks until it is interrupted, and so does a loop")
  void receive() throws Exception {
    assertBlocksUntilInterrupted("chan receive (nil chan)", nil::receive);
    assertBlocksUntilInterrupted("chan receive (nil chan)", nil::receiveOk);
    assertBlocksUntilInterrupted("chan receive (nil chan)", () -> nil.receive(LONG));
    assertBlocksUntilInterrupted(
        "chan receive (nil chan)", () -> nil.forEach((Integer element) -> {}));
  }

  @Test
  @DisplayName("CH-25: a for loop over nil blocks for ever")
  void loop() throws Exception {
    Task<Boolean> task =
        threads.start(
            () -> {
              for (int element : nil) {
                throw new AssertionError(element);
              }
            });
    BlockedThreadsTest.awaitBlockedOn(nil, task, "chan receive (nil chan)");
    task.interrupt();
    task.fails(InterruptedChannelException.class);
    assertTrue(task.endedWithFlag());
  }

  @Test
  @DisplayName("CH-10: timed forms on nil wait for their time, and then have done nothing")
  void timed() throws Exception {
    Task<Boolean> task =
        threads.start(
            () -> {
              long start = System.nanoTime();
              assertFalse(nil.send(1, SHORT));
              assertTrue(nil.receive(SHORT).isEmpty());
              assertTrue(System.nanoTime() - start >= 2 * SHORT.toNanos());
              assertFalse(nil.send(1, Duration.ZERO));
              assertTrue(nil.receive(Duration.ZERO).isEmpty());
            });
    task.get();
  }

  @Test
  @DisplayName("CH-10: a blocking operation on nil with the flag set throws at once")
  void interruptedOnEntry() throws Exception {
    for (Body operation : new Body[] {() -> nil.send(1), nil::receive}) {
      Task<Boolean> task =
          threads.start(
              () -> {
                Thread.currentThread().interrupt();
                operation.run();
              });
      task.fails(InterruptedException.class);
      assertFalse(task.endedWithFlag());
    }
  }

  @Test
  @DisplayName("CH-10: the forms that do not wait fail at once on nil; len and cap are 0")
  void atOnce() {
    assertFalse(nil.trySend(1));
    assertTrue(nil.tryReceive().isEmpty());
    assertEquals(0, nil.drainTo(new ArrayList<>(), 5));
    assertEquals(0, nil.len());
    assertEquals(0, nil.cap());
    assertFalse(nil.isClosed());
  }

  @Test
  @DisplayName("CH-10: close of nil throws, and nil is as before")
  void close() {
    for (var closing :
        new org.junit.jupiter.api.function.Executable[] {nil::close, nil::tryClose}) {
      String said = message(assertThrows(IllegalStateException.class, closing));
      assertTrue(said.contains("close of nil channel"), said);
    }
    assertFalse(nil.isClosed());
    assertFalse(nil.trySend(1));
  }

  @Test
  @DisplayName("CH-31: there is one nil channel, and it says so")
  void identity() {
    assertSame(Channel.<String>nil(), Channel.<Integer>nil());
    assertTrue(nil.isNil());
    assertFalse(channel.isNil());
    assertEquals("Channel[nil]", nil.toString());
  }
}
