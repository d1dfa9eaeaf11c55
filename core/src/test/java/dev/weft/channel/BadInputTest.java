package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.ThrowingConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a caller can do wrong, what the compiler rules out, and what channels are as objects.
class BadInputTest {
  private final Channel<String> channel = Channel.make(3);

  @AfterEach
  void unharmed() throws Exception {
    channel.checkInvariants();
    if (!channel.isClosed()) {
      channel.send("last");
      List<String> left = new ArrayList<>();
      channel.drainTo(left, 10);
      assertEquals("last", left.getLast());
    }
    ChannelContract.assertSettled(channel);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 7})
  @DisplayName("CH-22: a negative or absurd capacity: makechan: size out of range")
  void capacity(int capacity) {
    var thrown = assertThrows(IllegalArgumentException.class, () -> Channel.make(capacity));
    String said = String.valueOf(thrown.getMessage());
    assertTrue(said.startsWith("makechan: size out of range: " + capacity), said);
  }

  @Test
  @DisplayName("CH-23: elements without any content are legal, counted, and fill the buffer")
  void emptyElements() {
    record Nothing() {}
    Channel<Nothing> signals = Channel.make(2);
    assertTrue(signals.trySend(new Nothing()));
    assertTrue(signals.trySend(new Nothing()));
    assertEquals(2, signals.len());
    assertFalse(signals.trySend(new Nothing()));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // on purpose
  private static <T> T nothing() {
    return null;
  }

  @Test
  @DisplayName("A null element is refused by each way to send, before anything else")
  void nullElement() {
    String none = nothing();
    assertNull(() -> channel.send(none));
    assertNull(() -> channel.send(none, Duration.ofHours(1)));
    assertNull(() -> channel.trySend(none));
    assertNull(() -> channel.onSend(none));
    assertEquals(0, channel.len());
    channel.close();
    assertNull(() -> channel.send(none));
    Channel<String> nil = Channel.nil();
    assertNull(() -> nil.trySend(none));
  }

  @Test
  @DisplayName("A null element with the interrupt flag set: the flag stays for later")
  void nullElementInterrupted() {
    String none = nothing();
    Thread.currentThread().interrupt();
    assertNull(() -> channel.send(none));
    assertTrue(Thread.interrupted());
  }

  @Test
  @DisplayName("Null for anything else is refused, too, and nothing is received")
  void nullArguments() throws Exception {
    channel.send("one");
    Duration noTime = nothing();
    assertNull(() -> channel.send("two", noTime));
    assertNull(() -> channel.receive(noTime));
    Collection<String> noTarget = nothing();
    assertNull(() -> channel.drainTo(noTarget, 1));
    ThrowingConsumer<String, RuntimeException> noBody = nothing();
    assertNull(() -> channel.forEach(noBody));
    Consumer<String> noConsumer = nothing();
    assertNull(() -> channel.forEach(noConsumer));
    assertEquals(1, channel.len());
  }

  private static void assertNull(Executable call) {
    assertThrows(NullPointerException.class, call);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  @DisplayName("A negative number of elements to drain is refused, and nothing is received")
  void negativeMax(int max) throws Exception {
    channel.send("one");
    var thrown =
        assertThrows(IllegalArgumentException.class, () -> channel.drainTo(new ArrayList<>(), max));
    assertEquals("max is negative: " + max, thrown.getMessage());
    assertEquals(1, channel.len());
  }

  @Test
  @DisplayName("CH-11, CH-12: after a refused close and send the channel still drains")
  void closedTwice() throws Exception {
    channel.send("one");
    channel.close();
    assertThrows(ChannelClosedException.class, channel::close);
    assertThrows(ChannelClosedException.class, () -> channel.send("two"));
    assertFalse(channel.tryClose());
    assertEquals("one", channel.receive());
    assertTrue(channel.receiveOk().isClosed());
  }

  @Test
  @DisplayName("CH-30: the views are the channel; close is on the side that sends only")
  void views() throws Exception {
    SendChannel<String> in = channel;
    ReceiveChannel<String> out = channel;
    assertSame(in, out);
    assertEquals((Object) in, out);
    in.send("one");
    assertEquals(1, out.len());
    assertEquals(out.cap(), in.cap());
    assertEquals("one", out.receive());
    in.close();
    assertTrue(out.isClosed());
    for (var method : ReceiveChannel.class.getMethods()) {
      assertFalse(method.getName().toLowerCase(java.util.Locale.ROOT).endsWith("close"));
      assertFalse(method.getName().startsWith("send"));
    }
    for (var method : SendChannel.class.getMethods()) {
      assertFalse(method.getName().startsWith("receive"));
    }
  }

  @Test
  @DisplayName("CH-31: channels are equal only to themselves")
  void identity() {
    Channel<String> other = Channel.make(3);
    assertEquals(channel, channel);
    assertNotEquals(channel, other);
    assertNotEquals(Channel.make(), Channel.make());
    assertEquals(System.identityHashCode(channel), channel.hashCode());
  }

  @Test
  @DisplayName("Results compare by element, the two without one by what they mean")
  void results() {
    channel.trySend("one");
    Received<String> one = channel.tryReceive();
    assertEquals(Received.of("one"), one);
    assertEquals(Received.of("one").hashCode(), one.hashCode());
    assertNotEquals(Received.of("two"), one);
    assertEquals("Received[one]", one.toString());
    Received<String> empty = channel.tryReceive();
    channel.close();
    Received<String> closed = channel.tryReceive();
    assertNotEquals(empty, closed);
    assertNotEquals(empty, one);
    assertNotEquals(one, closed);
    assertEquals("Received[empty]", empty.toString());
    assertEquals("Received[closed]", closed.toString());
    assertEquals(closed, channel.tryReceive());
    assertEquals(closed.hashCode(), channel.tryReceive().hashCode());
  }
}
