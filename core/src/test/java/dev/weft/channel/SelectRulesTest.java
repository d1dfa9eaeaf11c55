package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of Go's select, one by one. The drawing is in SelectFairnessTest, interrupts are in
/// SelectInterruptTest; SEL-23 is about timers.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("The rules of select")
class SelectRulesTest extends SelectTesting {

  SelectRulesTest(Kind kind) {
    super(kind);
  }

  /// Whether its thread is parked for something.
  static boolean isBlocked(Task task) {
    return LockSupport.getBlocker(task.thread()) != null;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-3: a receive takes from a sender or the buffer first, then sees the close")
  void receiveOrder(int capacity) throws Exception {
    Channel<Integer> ch = make(capacity);
    fill(ch);
    Task sender = go(() -> ch.send(capacity));
    awaitSenders(ch, 1);
    run(
        () -> {
          ReceiveCase<Integer> in = ch.onReceive();
          ReceiveCase<Integer> never = this.<Integer>make(0).onReceive();
          for (int i = 0; i <= capacity; i++) {
            assertEquals(1, Select.select(never, in));
            assertEquals(i, value(in));
            if (i == 0) {
              sender.join();
              assertEquals(capacity, ch.len());
            }
          }
          assertEquals(-1, Select.trySelect(never, in));
          fill(ch);
          ch.close();
          for (int i = 0; i < capacity; i++) {
            assertEquals(1, Select.select(never, in));
            assertEquals(i, value(in));
          }
          for (int i = 0; i < 3; i++) {
            assertEquals(1, Select.select(never, in));
            assertFalse(in.ok());
            assertNull(in.value());
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-3: a send sees the close first, then gives to a receiver, then to the buffer")
  void sendOrder(int capacity) throws Exception {
    Channel<Integer> ch = make(capacity);
    Task receiver = go(() -> assertEquals(100, ch.receive()));
    awaitReceivers(ch, 1);
    run(
        () -> {
          SendCase<Integer> out = ch.onSend(100);
          ReceiveCase<Integer> never = this.<Integer>make(0).onReceive();
          assertEquals(1, Select.select(never, out));
          receiver.join();
          assertEquals(0, ch.len());
          for (int i = 0; i < capacity; i++) {
            assertEquals(1, Select.select(never, out.value(i)));
          }
          assertEquals(-1, Select.trySelect(never, out));
          if (capacity > 0) {
            assertEquals(0, take(ch)); // there is room, but the close counts more
          }
          ch.close();
          assertThrows(ChannelClosedException.class, () -> Select.select(never, out));
          assertEquals(Math.max(0, capacity - 1), ch.len());
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SEL-4: a send to a closed channel throws in every form, also with a default")
  void closedSend(SelectForm form) {
    run(
        () -> {
          Channel<Integer> ch = make(1);
          ch.close();
          SendCase<Integer> out = ch.onSend(1);
          assertThrows(ChannelClosedException.class, () -> form.of(out));
          ReceiveCase<Integer> never = this.<Integer>make(0).onReceive();
          assertThrows(ChannelClosedException.class, () -> form.of(never, out));
        });
  }

  @Test
  @DisplayName("SEL-4: with a ready receive and a closed send, both come to pass")
  void closedSendOrReady() {
    run(
        () -> {
          Channel<Integer> closed = make(1);
          closed.close();
          Channel<Integer> ready = make(1);
          SendCase<Integer> out = closed.onSend(1);
          ReceiveCase<Integer> in = ready.onReceive();
          int thrown = 0;
          int rounds = 1000;
          for (int i = 0; i < rounds; i++) {
            ready.trySend(i);
            try {
              assertEquals(1, Select.trySelect(out, in));
              assertEquals(0, ready.len());
            } catch (ChannelClosedException e) {
              thrown++;
              assertEquals(1, ready.len());
            }
          }
          assertShare(thrown, rounds, 0.5, "closed sends");
        });
  }

  @Test
  @DisplayName("SEL-5: the default is not taken when a case is ready")
  void defaultOnlyIfNothing() {
    run(
        () -> {
          Channel<Integer> a = make(1);
          SendCase<Integer> out = a.onSend(1);
          ReceiveCase<Integer> in = a.onReceive();
          for (int i = 0; i < 1000; i++) {
            assertEquals(i % 2, Select.trySelect(out, in));
          }
          Channel<Integer> unbuffered = make(0);
          assertEquals(-1, Select.trySelect(unbuffered.onSend(1), unbuffered.onReceive()));
        });
  }

  @Test
  @DisplayName("SEL-6: cases of the nil channel and disabled ones are never chosen")
  void nilCases() {
    run(
        () -> {
          Channel<Integer> full = make(1);
          full.send(7);
          for (SelectForm form : SelectForm.values()) {
            SelectCase nilIn = Channel.<Integer>nil().onReceive();
            SelectCase nilOut = Channel.<Integer>nil().onSend(1);
            ReceiveCase<Integer> off = full.onReceive();
            off.enabled(false);
            ReceiveCase<Integer> on = full.onReceive();
            for (int i = 0; i < 50; i++) {
              assertEquals(3, form.of(nilIn, nilOut, off, on));
              full.send(7);
            }
            if (!form.waits()) {
              assertEquals(-1, form.of(nilIn, nilOut, off));
            }
          }
          take(full);
          assertNobodyWaits(Channel.nil());
        });
  }

  @Test
  @DisplayName("SEL-7, SEL-20: a select of nil channels only blocks until it is interrupted")
  void allNil() throws Exception {
    for (SelectForm form : SelectForm.values()) {
      if (form.waits()) {
        SelectCase in = Channel.<Integer>nil().onReceive();
        SendCase<Integer> off = this.<Integer>make(1).onSend();
        off.enabled(false);
        Task task = go(() -> assertThrows(InterruptedException.class, () -> form.of(in, off)));
        Await.until(() -> isBlocked(task), form + " blocks");
        if (kind() == Kind.GOROUTINE) {
          assertEquals("select", task.waitReason());
        }
        task.interrupt();
        task.join();
        assertNobodyWaits(Channel.nil());
      }
    }
  }

  @Test
  @DisplayName("SEL-8, SEL-10: one case waits like the operation, several like a select")
  void waitReasons() throws Exception {
    Channel<Integer> ch = make(0);
    assertReason("chan receive", 0, ch.onReceive());
    assertReason("chan send", 0, ch.onSend(1));
    assertReason("chan receive (nil chan)", 0, Channel.<Integer>nil().onReceive());
    assertReason("chan send (nil chan)", 0, Channel.<Integer>nil().onSend(1));
    assertReason("select", 0, ch.onReceive(), this.<Integer>make(0).onReceive());
  }

  private void assertReason(String reason, int chosen, SelectCase... cases) throws Exception {
    Task task =
        go(() -> assertThrows(InterruptedException.class, () -> SelectForm.SELECT.of(cases)));
    Await.until(() -> isBlocked(task), "blocked for " + reason);
    String blocker = Objects.requireNonNull(LockSupport.getBlocker(task.thread())).toString();
    assertTrue(blocker.contains("Channel["), blocker);
    if (kind() == Kind.GOROUTINE) {
      assertEquals(reason, task.waitReason());
    }
    task.interrupt();
    task.join();
    assertThrows(IllegalStateException.class, () -> Select.trySelect(cases[chosen]));
  }

  @Test
  @DisplayName("SEL-8: one case with a default is the operation that does not wait")
  void singleCaseWithDefault() throws Exception {
    Channel<Integer> ch = make(0);
    Task sender = go(() -> ch.send(1));
    awaitSenders(ch, 1);
    run(
        () -> {
          ReceiveCase<Integer> in = ch.onReceive();
          assertEquals(0, Select.trySelect(in));
          assertEquals(1, value(in));
          assertEquals(-1, Select.trySelect(in));
          assertEquals(-1, Select.trySelect(ch.onSend(1)));
        });
    sender.join();
  }

  @Test
  @DisplayName("SEL-9: channels are locked in the order of their ids, cases of one side by side")
  void lockOrder() {
    Channel<Integer> a = make(1);
    Channel<Integer> b = make(1);
    Channel<Integer> c = make(1);
    SelectCase[] cases = {
      c.onReceive(), a.onReceive(), b.onReceive(), a.onSend(1), c.onSend(1), a.onReceive()
    };
    List<SelectCase> expected = List.of(cases[1], cases[3], cases[5], cases[2], cases[0], cases[4]);
    SelectCase first = CaseList.of(6, cases[0], cases[1], cases[2], cases[3], cases[4], cases[5]);
    assertEquals(expected, locked(CaseList.inLockOrder(first)));
    CaseList.delist(first);
    SelectCase[] sorted = CaseList.sorted(cases);
    first = CaseList.of(cases);
    assertEquals(expected, locked(CaseList.inLockOrder(sorted)));
    CaseList.delist(first);
  }

  private static List<SelectCase> locked(@Nullable SelectCase first) {
    List<SelectCase> list = new ArrayList<>();
    for (SelectCase c = first; c != null; c = c.nextLocked) {
      list.add(c);
    }
    return list;
  }

  @Test
  @DisplayName("SEL-9: selects over two channels in opposite order do not block each other")
  void oppositeOrder() {
    Channel<Integer> a = make(0);
    Channel<Integer> b = make(0);
    int rounds = Scale.times(2000);
    Task forth =
        go(
            () -> {
              SendCase<Integer> toA = a.onSend();
              SendCase<Integer> toB = b.onSend();
              for (int i = 0; i < rounds; i++) {
                Select.select(toA.value(i), toB.value(i));
              }
            });
    run(
        () -> {
          ReceiveCase<Integer> fromA = a.onReceive();
          ReceiveCase<Integer> fromB = b.onReceive();
          for (int i = 0; i < rounds; i++) {
            assertEquals(i, value(Select.select(fromB, fromA) == 0 ? fromB : fromA));
          }
        });
    forth.join();
  }

  @Test
  @DisplayName("SEL-16: with room and elements both directions are ready, and one is drawn")
  void bothDirections() {
    run(
        () -> {
          Channel<Integer> ch = make(2);
          ReceiveCase<Integer> in = ch.onReceive();
          SendCase<Integer> out = ch.onSend(1);
          int received = 0;
          for (int i = 0; i < 1000; i++) {
            if (ch.len() == 0) {
              ch.send(0);
            } else if (ch.len() == 2) {
              take(ch);
            }
            received += Select.select(out, in);
          }
          assertShare(received, 1000, 0.5, "receives");
        });
  }

  @Test
  @DisplayName("SEL-18: break leaves the switch over the index, a labelled break the loop")
  void breaks() {
    run(
        () -> {
          Channel<Integer> ch = make(3);
          fill(ch);
          ReceiveCase<Integer> in = ch.onReceive();
          int rounds = 0;
          loop:
          for (; ; ) {
            switch (Select.select(in)) {
              case 0 -> {
                if (value(in) < 2) {
                  break;
                }
                break loop;
              }
              default -> throw new AssertionError();
            }
            rounds++;
          }
          assertEquals(2, rounds);
        });
  }

  @Test
  @DisplayName("SEL-19: a receive whose value nobody looks at consumes it")
  void discarded() {
    run(
        () -> {
          Channel<Integer> ch = make(2);
          fill(ch);
          ReceiveCase<Integer> never = this.<Integer>make(0).onReceive();
          assertEquals(0, Select.select(ch.onReceive()));
          assertEquals(1, Select.trySelect(never, ch.onReceive()));
          assertEquals(0, ch.len());
        });
  }
}
