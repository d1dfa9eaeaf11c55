package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Scale;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Go's scenarios of operations that do not wait: nonblock, closedchan, zerosize, and the races
/// TestNonblockRecvRace, TestNonblockSelectRace and TestNonblockSelectRace2.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("Go's non-blocking scenarios")
class GoNonblockTest extends SelectTesting {

  private static final int ROUNDS = Scale.times(2_000);

  /// An element that is large in Go.
  private record Large(long a, long b, long c, long d, String e) {}

  GoNonblockTest(Kind kind) {
    super(kind);
  }

  static Stream<Object> elements() {
    return Stream.of(123, 1L << 40, (byte) 7, new Large(1, 2, 3, 4, "5"), new int[0], List.of());
  }

  @ParameterizedTest
  @MethodSource("elements")
  @DisplayName("nonblock, zerosize: nothing is done while nobody waits (CH-19, CH-20, CH-23)")
  void unbuffered(Object element) throws Exception {
    Channel<Object> ch = make(0);
    assertTrue(ch.tryReceive().isEmpty());
    assertFalse(ch.trySend(element));
    Task receiver = go(() -> assertEquals(element, ch.receive()));
    awaitReceivers(ch, 1);
    assertTrue(ch.trySend(element));
    receiver.join();
    Task sender = go(() -> ch.send(element));
    awaitSenders(ch, 1);
    assertEquals(element, ch.tryReceive().value());
    sender.join();
    assertTrue(ch.tryReceive().isEmpty());
    assertFalse(ch.trySend(element));
  }

  @ParameterizedTest
  @MethodSource("elements")
  @DisplayName("nonblock, zerosize: the buffer takes one, and gives one")
  void buffered(Object element) throws Exception {
    Channel<Object> ch = make(1);
    assertTrue(ch.tryReceive().isEmpty());
    assertTrue(ch.trySend(element));
    assertEquals(1, ch.len());
    assertFalse(ch.trySend(element));
    Task sender = go(() -> ch.send(element));
    awaitSenders(ch, 1);
    assertEquals(element, ch.tryReceive().value());
    sender.join();
    assertFalse(ch.trySend(element));
    assertEquals(element, ch.tryReceive().value());
    assertTrue(ch.tryReceive().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("closedchan: what is left comes first, then the end for ever; sends throw (CH-15)")
  void closed(int capacity) {
    run(
        () -> {
          Channel<Integer> ch = make(capacity);
          fill(ch);
          ch.close();
          ReceiveCase<Integer> in = ch.onReceive();
          ReceiveCase<Integer> never = this.<Integer>make(0).onReceive();
          for (int i = 0; i < capacity; i++) {
            assertEquals(i, ch.tryReceive().value());
          }
          for (int i = 0; i < 3; i++) {
            assertNull(ch.receive());
            assertFalse(ch.receiveOk().ok());
            assertTrue(ch.tryReceive().isClosed());
            assertEquals(0, Select.trySelect(in));
            assertEquals(1, Select.select(never, in));
            assertFalse(in.ok());
          }
          assertThrows(ChannelClosedException.class, () -> ch.send(1));
          assertThrows(ChannelClosedException.class, () -> ch.trySend(1));
          assertThrows(ChannelClosedException.class, () -> Select.trySelect(ch.onSend(1)));
          assertThrows(ChannelClosedException.class, () -> Select.select(never, ch.onSend(1)));
          assertThrows(ChannelClosedException.class, ch::close);
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("TestNonblockRecvRace: beside a close, an element in the buffer is seen (CH-21)")
  void receiveRace(boolean bySelect) {
    run(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            Channel<Integer> ch = Channel.make(1);
            ch.send(1);
            Task looks =
                go(
                    () ->
                        assertFalse(
                            bySelect
                                ? Select.trySelect(ch.onReceive()) < 0
                                : ch.tryReceive().isEmpty()));
            ch.close();
            ch.receive();
            looks.join();
          }
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("TestNonblockSelectRace: one of two is ready all the time, so no default (SEL-9)")
  void selectRace(boolean byClose) {
    run(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            // The first one made has the smaller id, by which a select goes through them.
            Channel<Integer> early = Channel.make(1);
            Channel<Integer> late = Channel.make(1);
            Channel<Integer> c1 = i % 4 == 0 ? early : late;
            Channel<Integer> c2 = i % 4 == 0 ? late : early;
            c1.send(1);
            AtomicBoolean over = new AtomicBoolean();
            CountDownLatch started = new CountDownLatch(1);
            Task selects =
                go(
                    () -> {
                      ReceiveCase<Integer> in1 = c1.onReceive();
                      ReceiveCase<Integer> in2 = c2.onReceive();
                      started.countDown();
                      for (int k = 0; k < 1000 && !over.get(); k++) {
                        int chosen = Select.trySelect(in1, in2);
                        assertTrue(chosen >= 0, "took the default");
                        if (chosen == 0) {
                          c1.trySend(1); // back again, so one of them stays ready
                        } else if (in2.ok()) {
                          break;
                        }
                      }
                    });
            started.await();
            if (byClose) {
              c2.close();
            } else {
              c2.send(1);
            }
            c1.tryReceive();
            over.set(true);
            selects.join();
          }
        });
  }
}
