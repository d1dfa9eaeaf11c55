package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The life of a case: armed, chosen, used again, handed on; and what is said to wrong use, after
/// which everything is as before.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("The cases of select")
@SuppressWarnings("NullAway") // passes nulls on purpose
class SelectCasesTest extends SelectTesting {

  private final Channel<Integer> from = make(1);
  private final Channel<Integer> to = make(1);

  SelectCasesTest(Kind kind) {
    super(kind);
  }

  /// The two cases work, on the calling thread, and nothing has gone through the channels before.
  private void assertUnharmed(ReceiveCase<Integer> in, SendCase<Integer> out) throws Exception {
    assertNobodyWaits(from);
    assertNobodyWaits(to);
    assertEquals(0, from.len());
    assertEquals(0, to.len());
    assertThrows(IllegalStateException.class, in::value);
    out.value(8);
    in.enabled(true);
    out.enabled(true);
    for (SelectForm form : SelectForm.values()) {
      assertEquals(1, form.of(in, out));
      assertEquals(8, take(to));
      out.enabled(false);
      from.send(9);
      assertEquals(0, form.of(in, out));
      assertEquals(9, value(in));
      out.enabled(true);
    }
    in.clear();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("The same case twice is an IllegalArgumentException")
  void twice(SelectForm form) {
    run(
        () -> {
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = to.onSend(1);
          String message =
              assertThrows(IllegalArgumentException.class, () -> form.of(in, out, in)).getMessage();
          assertTrue(message.contains(in.toString()), message);
          assertThrows(IllegalArgumentException.class, () -> form.of(out, out));
          assertUnharmed(in, out);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A null case is a NullPointerException that says which")
  void nullCase(SelectForm form) {
    run(
        () -> {
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = to.onSend(1);
          if (form != SelectForm.VALUE && form != SelectForm.VALUE_OTHERWISE) {
            String message =
                assertThrows(NullPointerException.class, () -> form.of(in, out, null)).getMessage();
            assertTrue(message.contains("case 2"), message);
            assertThrows(NullPointerException.class, () -> form.of(in, null, out));
            assertThrows(NullPointerException.class, () -> form.of(null, in, out));
            assertThrows(NullPointerException.class, () -> form.of((SelectCase) null));
            assertThrows(NullPointerException.class, () -> form.of(null, null, null, in, out));
          }
          assertThrows(NullPointerException.class, () -> Select.selectValue((Branch<?>) null));
          assertUnharmed(in, out);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A send case without an element is an IllegalStateException, unless it is off")
  void notArmed(SelectForm form) {
    run(
        () -> {
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = to.onSend();
          assertThrows(IllegalStateException.class, () -> form.of(in, out));
          assertThrows(IllegalStateException.class, () -> form.of(out));
          out.value(1);
          out.clear();
          assertThrows(IllegalStateException.class, () -> form.of(out, in));
          out.enabled(false);
          from.send(3);
          assertEquals(1, form.of(out, in));
          assertEquals(3, value(in));
          in.clear();
          out.enabled(true);
          assertUnharmed(in, out);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "So it is on the nil channel, beside a case that is ready and after a round that was fine")
  void notArmedOnNil(SelectForm form) {
    run(
        () -> {
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = Channel.<Integer>nil().onSend(1);
          from.send(3);
          assertEquals(1, form.of(out, in));
          out.clear();
          from.send(4);
          assertThrows(IllegalStateException.class, () -> form.of(out, in));
          assertThrows(IllegalStateException.class, () -> form.of(in, out));
          out.enabled(false);
          assertEquals(1, form.of(out, in));
          assertEquals(4, value(in));
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A case belongs to the thread that selected with it, until unbind()")
  void owner(SelectForm form) {
    ReceiveCase<Integer> in = from.onReceive();
    SendCase<Integer> out = to.onSend(1);
    run(
        () -> {
          assertEquals(0, form.of(out));
          assertEquals(1, take(to));
        });
    run(
        () -> {
          String message =
              assertThrows(IllegalStateException.class, () -> form.of(in, out)).getMessage();
          assertTrue(message.contains(out.toString()), message);
          assertThrows(IllegalStateException.class, () -> form.of(out));
          out.unbind();
          assertUnharmed(in, out);
          in.unbind();
        });
    run(
        () -> {
          from.send(3);
          assertEquals(0, form.of(in));
          assertEquals(3, value(in));
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A select that throws for one of its cases does not take possession of the others")
  void failedSelectOwnsNothing(SelectForm form) {
    ReceiveCase<Integer> in = from.onReceive();
    SendCase<Integer> out = to.onSend(1);
    SendCase<Integer> unarmed = to.onSend();
    run(
        () -> {
          assertThrows(IllegalStateException.class, () -> form.of(unarmed, in, out));
          assertThrows(IllegalStateException.class, () -> form.of(in, out, unarmed));
        });
    run(() -> assertUnharmed(in, out));
  }

  @Test
  @DisplayName("A case in a select that waits is safe from other threads")
  void inUse() throws Exception {
    ReceiveCase<Integer> in = from.onReceive();
    ReceiveCase<Integer> second = to.onReceive();
    Task waits =
        go(
            () -> {
              assertEquals(0, Select.select(in, second));
              assertEquals(5, value(in));
            });
    awaitReceivers(from, 1);
    awaitReceivers(to, 1);
    run(
        () -> {
          for (SelectForm form : SelectForm.values()) {
            assertThrows(IllegalStateException.class, () -> form.of(in));
            assertThrows(IllegalStateException.class, () -> form.of(to.onReceive(), in));
          }
          assertThrows(IllegalStateException.class, in::unbind);
        });
    assertEquals(1, from.receivers.size());
    assertEquals(1, to.receivers.size());
    assertTrue(from.trySend(5));
    waits.join();
  }

  @Test
  @DisplayName("A receive case keeps what it got until its next select or clear()")
  void results() {
    run(
        () -> {
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = to.onSend(1);
          assertThrows(IllegalStateException.class, in::value);
          assertThrows(IllegalStateException.class, in::ok);
          from.send(4);
          assertEquals(0, Select.select(in));
          assertEquals(4, in.value());
          assertEquals(4, in.value());
          assertTrue(in.ok());
          assertEquals(1, Select.select(in, out));
          assertThrows(IllegalStateException.class, in::value);
          from.send(5);
          assertEquals(0, Select.select(in));
          in.clear();
          assertThrows(IllegalStateException.class, in::value);
          assertThrows(IllegalStateException.class, in::ok);
          from.send(6);
          assertEquals(0, Select.select(in));
          assertEquals(-1, Select.trySelect(in));
          assertThrows(IllegalStateException.class, in::ok);
          from.close();
          assertEquals(0, Select.select(in));
          assertNull(in.value());
          assertFalse(in.ok());
          in.enabled(false);
          assertEquals(-1, Select.trySelect(in));
          assertThrows(IllegalStateException.class, in::ok);
          take(to);
        });
  }

  @Test
  @DisplayName("A send case stays armed, and takes a new element")
  void armed() {
    run(
        () -> {
          SendCase<Integer> out = to.onSend(1);
          for (int i = 0; i < 3; i++) {
            assertEquals(0, Select.select(out));
            assertEquals(1, take(to));
          }
          assertSame(out, out.value(2));
          assertThrows(NullPointerException.class, () -> out.value(null));
          assertThrows(NullPointerException.class, () -> to.onSend(null));
          assertEquals(0, Select.select(out));
          assertEquals(2, take(to));
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A case that is off keeps its index")
  void enabled(SelectForm form) {
    run(
        () -> {
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = to.onSend(1);
          assertTrue(in.isEnabled());
          from.send(2);
          in.enabled(false);
          assertFalse(in.isEnabled());
          assertEquals(1, form.of(in, out));
          assertEquals(1, from.len());
          in.enabled(true);
          assertEquals(0, form.of(in, out));
          take(to);
          in.clear();
          out.clear();
          in.enabled(false);
          assertUnharmed(in, out);
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SEL-4: after a send to a closed channel the cases can be used again")
  void closedSend(SelectForm form) {
    run(
        () -> {
          Channel<Integer> closed = make(1);
          closed.close();
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = to.onSend(1);
          SendCase<Integer> bad = closed.onSend(1);
          out.enabled(false);
          String message =
              assertThrows(ChannelClosedException.class, () -> form.of(in, out, bad)).getMessage();
          assertTrue(message.contains(closed.toString()), message);
          bad.enabled(false);
          out.enabled(true);
          assertEquals(1, form.of(in, out, bad));
          take(to);
          assertUnharmed(in, out);
          out.clear();
        });
  }

  @Test
  @DisplayName("After an interrupt and a timeout the cases can be used again")
  void afterInterrupt() {
    for (SelectForm form : SelectForm.values()) {
      if (form.isInterruptible()) {
        run(
            () -> {
              ReceiveCase<Integer> in = from.onReceive();
              SendCase<Integer> out = to.onSend(1);
              Thread.currentThread().interrupt();
              assertThrows(InterruptedException.class, () -> form.of(in, out));
              assertFalse(Thread.currentThread().isInterrupted());
              assertUnharmed(in, out);
              out.enabled(false);
              in.enabled(true);
              assertEquals(-1, Select.selectWithin(Duration.ofMillis(1), in, out));
              out.enabled(true);
              in.enabled(false);
              assertUnharmed(in, out);
            });
      }
    }
  }

  @Test
  @DisplayName("A case names its channel and its direction")
  void texts() {
    assertEquals("receive case of " + from, from.onReceive().toString());
    assertEquals("send case of " + to, to.onSend(1).toString());
    assertEquals(
        List.of("branch of receive case of " + from, "otherwise"),
        List.of(from.onReceive().then(v -> v).toString(), Select.otherwise(() -> 1).toString()));
  }
}
