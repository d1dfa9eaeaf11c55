package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every form of select with every number of cases.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("The forms of select")
class SelectFormsTest extends SelectTesting {

  private static final int MOST = 8;

  SelectFormsTest(Kind kind) {
    super(kind);
  }

  private static ReceiveCase<?>[] receives(List<Channel<Integer>> channels) {
    return channels.stream().map(Channel::onReceive).toArray(ReceiveCase<?>[]::new);
  }

  private static SendCase<?>[] sends(List<Channel<Integer>> channels) {
    AtomicInteger next = new AtomicInteger();
    return channels.stream()
        .map(channel -> channel.onSend(next.getAndIncrement()))
        .toArray(SendCase<?>[]::new);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SEL-2: the one receive that is ready is chosen, wherever it stands")
  void readyReceive(SelectForm form) {
    run(
        () -> {
          for (int n = 1; n <= MOST; n++) {
            List<Channel<Integer>> channels = make(n, 1);
            ReceiveCase<?>[] cases = receives(channels);
            for (int k = 0; k < n; k++) {
              channels.get(k).send(k + 10);
              assertEquals(k, form.of(cases));
              for (int i = 0; i < n; i++) {
                ReceiveCase<?> one = cases[i];
                if (i == k) {
                  assertEquals(k + 10, one.value());
                  assertTrue(one.ok());
                } else {
                  assertThrows(IllegalStateException.class, one::value);
                  assertThrows(IllegalStateException.class, one::ok);
                }
                assertEquals(0, channels.get(i).len());
              }
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SEL-3, SEL-13: the one send that is ready is chosen; the others send nothing")
  void readySend(SelectForm form) {
    run(
        () -> {
          for (int n = 1; n <= MOST; n++) {
            List<Channel<Integer>> channels = make(n, 1);
            SendCase<?>[] cases = sends(channels);
            for (Channel<Integer> channel : channels) {
              channel.send(-1);
            }
            for (int k = 0; k < n; k++) {
              assertEquals(-1, take(channels.get(k)));
              assertEquals(k, form.of(cases));
            }
            for (int k = 0; k < n; k++) {
              assertEquals(k, take(channels.get(k)));
              assertEquals(0, channels.get(k).len());
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SEL-10, SEL-12: a receive that is waited for is chosen, and no queue is left")
  void awaitedReceive(SelectForm form) throws Exception {
    if (!form.waits()) {
      return;
    }
    for (int n = 1; n <= MOST; n++) {
      List<Channel<Integer>> channels = make(n, n % 3);
      ReceiveCase<?>[] cases = receives(channels);
      int k = n / 2;
      Task task =
          go(
              () -> {
                assertEquals(k, form.of(cases));
                assertEquals(77, cases[k].value());
              });
      for (Channel<Integer> channel : channels) {
        awaitReceivers(channel, 1);
      }
      assertTrue(channels.get(k).trySend(77));
      task.join();
      channels.forEach(SelectTesting::assertNobodyWaits);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SEL-10, SEL-12: a send that is waited for is chosen, and no queue is left")
  void awaitedSend(SelectForm form) throws Exception {
    if (!form.waits()) {
      return;
    }
    for (int n = 1; n <= MOST; n++) {
      List<Channel<Integer>> channels = make(n, n % 3);
      channels.forEach(SelectTesting::fill);
      SendCase<?>[] cases = sends(channels);
      int k = n - 1;
      Task task = go(() -> assertEquals(k, form.of(cases)));
      for (Channel<Integer> channel : channels) {
        awaitSenders(channel, 1);
      }
      for (int i = 0; i < channels.get(k).cap(); i++) {
        assertEquals(i, take(channels.get(k)));
      }
      assertEquals(k, take(channels.get(k)));
      task.join();
      for (Channel<Integer> channel : channels) {
        assertNobodyWaits(channel);
        assertEquals(channel == channels.get(k) ? 0 : channel.cap(), channel.len());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SEL-5: a form that does not wait says -1 when nothing is ready")
  void nothingReady(SelectForm form) {
    if (form.waits()) {
      return;
    }
    run(
        () -> {
          assertEquals(-1, form.of());
          for (int n = 1; n <= MOST; n++) {
            List<Channel<Integer>> channels = make(n, n % 3);
            assertEquals(-1, form.of(receives(channels)));
            channels.forEach(SelectTesting::fill);
            assertEquals(-1, form.of(sends(channels)));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("selectOrdered takes the first in order that is ready; the others draw")
  void order(SelectForm form) {
    run(
        () -> {
          for (int n = 2; n <= MOST; n++) {
            List<Channel<Integer>> channels = make(n, 64);
            channels.reversed().forEach(SelectTesting::fill);
            ReceiveCase<?>[] cases = receives(channels);
            boolean others = false;
            for (int round = 0; round < 64; round++) {
              others |= form.of(cases) != 0;
            }
            assertEquals(!form.isOrdered(), others);
            cases[0].enabled(false);
            if (form.isOrdered()) {
              assertEquals(1, form.of(cases));
            }
          }
        });
  }

  @Test
  @DisplayName("SEL-7, SEL-20: a select without cases blocks until it is interrupted")
  void noCases() throws Exception {
    for (SelectForm form : SelectForm.values()) {
      if (form.waits()) {
        Task task = go(() -> assertThrows(InterruptedException.class, form::of));
        Await.until(() -> SelectRulesTest.isBlocked(task), form + " blocks");
        if (kind() == Kind.GOROUTINE) {
          assertEquals("select (no cases)", task.waitReason());
        }
        task.interrupt();
        task.join();
      }
    }
  }

  @Test
  @DisplayName("selectWithin says -1 when the time has passed, and no queue is left")
  void timeOut() {
    run(
        () -> {
          Duration brief = Duration.ofMillis(1);
          assertEquals(-1, Select.selectWithin(brief));
          assertEquals(-1, SelectSet.of().selectWithin(brief));
          for (int n = 1; n <= MOST; n++) {
            List<Channel<Integer>> channels = make(n, n % 3);
            ReceiveCase<?>[] cases = receives(channels);
            assertEquals(-1, Select.selectWithin(brief, cases));
            channels.forEach(SelectTesting::assertNobodyWaits);
            assertEquals(-1, SelectSet.of(cases).selectWithin(brief));
            channels.forEach(SelectTesting::assertNobodyWaits);
            channels.getFirst().close();
            assertEquals(0, Select.selectWithin(brief, cases));
          }
          Channel<Integer> a = make(0);
          Channel<Integer> b = make(0);
          ReceiveCase<Integer> in = a.onReceive();
          SendCase<Integer> out = b.onSend(1);
          ReceiveCase<Integer> never = Channel.<Integer>nil().onReceive();
          assertEquals(-1, Select.selectWithin(brief, in));
          assertEquals(-1, Select.selectWithin(brief, in, out));
          assertEquals(-1, Select.selectWithin(brief, in, out, never));
          assertEquals(-1, Select.selectWithin(brief, never));
          assertThrows(IllegalStateException.class, in::value);
        });
  }

  @Test
  @DisplayName("selectWithin takes a duration of any length")
  void longDurations() {
    run(
        () -> {
          Channel<Integer> ch = make(1);
          ReceiveCase<Integer> in = ch.onReceive();
          ch.send(1);
          assertEquals(0, Select.selectWithin(Duration.ofSeconds(Long.MAX_VALUE), in));
          ch.send(2);
          assertEquals(0, Select.selectWithin(Duration.ofSeconds(Long.MIN_VALUE), in));
          assertEquals(-1, Select.selectWithin(Duration.ofSeconds(Long.MIN_VALUE), in));
        });
    Channel<Integer> ch = make(0);
    Task task =
        go(
            () ->
                assertEquals(
                    0, Select.selectWithin(Duration.ofSeconds(Long.MAX_VALUE), ch.onReceive())));
    run(() -> ch.send(3));
    task.join();
  }

  @Test
  @DisplayName("SEL-1: selectValue runs the action of the chosen branch, and no other")
  void expression() {
    run(
        () -> {
          Channel<Integer> a = make(1);
          Channel<Integer> b = make(1);
          AtomicInteger wrong = new AtomicInteger();
          ReceiveCase<Integer> in = a.onReceive();
          SendCase<Integer> out = b.onSend(5);
          b.send(0);
          a.send(4);
          String text =
              Select.<String>selectValue(
                  in.then(v -> "got " + v), out.then(() -> "" + wrong.incrementAndGet()));
          assertEquals("got 4", text);
          text =
              Select.<String>selectValue(
                  out.then(() -> "" + wrong.incrementAndGet()),
                  Select.otherwise(() -> "idle"),
                  in.then(v -> "" + wrong.incrementAndGet()));
          assertEquals("idle", text);
          a.close();
          text =
              Select.<String>selectValue(
                  out.then(() -> "" + wrong.incrementAndGet()),
                  Select.otherwise(() -> "" + wrong.incrementAndGet()),
                  in.then(v -> "end " + v));
          assertEquals("end null", text);
          assertEquals(0, wrong.get());
          assertEquals("only", Select.<String>selectValue(Select.otherwise(() -> "only")));
          assertThrows(
              IllegalArgumentException.class,
              () -> Select.selectValue(Select.otherwise(() -> 1), Select.otherwise(() -> 2)));
          RuntimeException thrown = new RuntimeException("by the action");
          assertSame(
              thrown,
              assertThrows(
                  RuntimeException.class,
                  () ->
                      Select.<Integer>selectValue(
                          in.then(
                              v -> {
                                throw thrown;
                              }))));
        });
  }

  @Test
  @DisplayName("An action may select with the same cases")
  void nested() {
    run(
        () -> {
          Channel<Integer> a = make(2);
          ReceiveCase<Integer> in = a.onReceive();
          a.send(1);
          a.send(2);
          int sum =
              Select.<Integer>selectValue(
                  in.then(v -> (v == null ? 0 : v) + Select.trySelect(in) + value(in)));
          assertEquals(3, sum);
        });
  }

  @Test
  @DisplayName("A SelectSet keeps its cases and can be used again")
  void sets() {
    run(
        () -> {
          List<Channel<Integer>> channels = make(10, 1);
          SelectCase[] cases = receives(channels);
          SelectCase first = cases[0];
          SelectSet set = SelectSet.of(cases);
          cases[0] = cases[9];
          assertEquals(10, set.size());
          assertSame(first, set.get(0));
          assertThrows(IndexOutOfBoundsException.class, () -> set.get(10));
          for (int k = 0; k < 10; k++) {
            channels.get(k).send(k);
            assertEquals(k, set.select());
            assertEquals(-1, set.trySelect());
          }
        });
  }

  @Test
  @DisplayName("SEL-20: up to 65,536 cases")
  void mostCases() {
    run(
        () -> {
          Channel<Integer> ch = make(1);
          SelectCase[] cases = new SelectCase[65_537];
          for (int i = 0; i < cases.length; i++) {
            cases[i] = ch.onReceive();
          }
          assertThrows(IllegalArgumentException.class, () -> Select.select(cases));
          assertThrows(IllegalArgumentException.class, () -> Select.trySelect(cases));
          assertThrows(IllegalArgumentException.class, () -> SelectSet.of(cases));
          SelectCase[] allowed = java.util.Arrays.copyOf(cases, 65_536);
          assertEquals(-1, Select.trySelect(allowed));
          SelectSet set = SelectSet.of(allowed);
          assertEquals(-1, set.selectWithin(Duration.ofMillis(1)));
          assertNobodyWaits(ch);
          ch.send(1);
          int chosen = set.select();
          assertEquals(1, ((ReceiveCase<?>) set.get(chosen)).value());
        });
  }
}
