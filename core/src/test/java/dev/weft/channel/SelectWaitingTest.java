package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a select that has to wait, and of its entries in the queues.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("A select that waits")
class SelectWaitingTest extends SelectTesting {

  SelectWaitingTest(Kind kind) {
    super(kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-11: exactly one case fires; who comes second finds nobody")
  void onlyOne(int capacity) throws Exception {
    List<Channel<Integer>> channels = make(6, capacity);
    Task task =
        go(
            () -> {
              SelectCase[] cases =
                  channels.stream().map(Channel::onReceive).toArray(SelectCase[]::new);
              int chosen = SelectForm.SELECT.of(cases);
              assertEquals(2, chosen);
              assertEquals(20, ((ReceiveCase<?>) cases[chosen]).value());
            });
    for (Channel<Integer> channel : channels) {
      awaitReceivers(channel, 1);
    }
    assertTrue(channels.get(2).trySend(20));
    for (Channel<Integer> channel : channels) {
      // Without a buffer there must be a receiver, and there is none that is not decided.
      assertEquals(capacity > 0, channel.trySend(30));
      assertEquals(capacity > 0 ? 1 : 0, channel.len());
    }
    task.join();
  }

  @Test
  @DisplayName("SEL-11: a sender that loses a select goes on to the next receiver")
  void nextWaiter() throws Exception {
    for (int round = 0; round < 50; round++) {
      Channel<Integer> a = make(0);
      Channel<Integer> b = make(0);
      Task selects = go(() -> assertEquals(0, Select.select(a.onReceive(), b.onReceive())));
      awaitReceivers(b, 1);
      Task receives = go(() -> assertEquals(2, b.receive()));
      awaitReceivers(b, 2);
      assertTrue(a.trySend(1));
      assertTrue(b.trySend(2)); // whether or not the select has left the queue
      selects.join();
      receives.join();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-12: many selects with a case that loses leave nothing in its queue")
  void losingCaseLeaves(int capacity) {
    Channel<Integer> busy = make(capacity);
    Channel<Integer> quiet = make(0);
    int rounds = Scale.times(20_000);
    Task feeder =
        go(
            () -> {
              for (int i = 0; i < rounds; i++) {
                busy.send(i);
              }
            });
    run(
        () -> {
          ReceiveCase<Integer> in = busy.onReceive();
          ReceiveCase<Integer> never = quiet.onReceive();
          for (int i = 0; i < rounds; i++) {
            assertEquals(1, Select.select(never, in));
            assertEquals(i, value(in));
            assertEquals(0, quiet.receivers.size());
          }
        });
    feeder.join();
  }

  @Test
  @DisplayName("SEL-12, SEL-22: others keep their places when a select leaves the queue")
  void orderOfOthers() throws Exception {
    Channel<Integer> ch = make(0);
    Channel<Integer> other = make(0);
    Task first = go(() -> assertEquals(1, ch.receive()));
    awaitReceivers(ch, 1);
    Task selects = go(() -> assertEquals(1, Select.select(ch.onReceive(), other.onReceive())));
    awaitReceivers(ch, 2);
    Task last = go(() -> assertEquals(2, ch.receive()));
    awaitReceivers(ch, 3);
    assertTrue(other.trySend(0));
    selects.join();
    assertEquals(2, ch.receivers.size());
    assertTrue(ch.trySend(1));
    assertTrue(ch.trySend(2));
    first.join();
    last.join();
  }

  @Test
  @DisplayName("SEL-22: a blocked select has its place in the queue")
  void placeInQueue() throws Exception {
    Channel<Integer> ch = make(0);
    Channel<Integer> other = make(0);
    Task first = go(() -> assertEquals(1, ch.receive()));
    awaitReceivers(ch, 1);
    Task second =
        go(
            () -> {
              ReceiveCase<Integer> in = ch.onReceive();
              assertEquals(1, Select.select(other.onReceive(), in));
              assertEquals(2, value(in));
            });
    awaitReceivers(ch, 2);
    Task third = go(() -> assertEquals(3, ch.receive()));
    awaitReceivers(ch, 3);
    for (int i = 1; i <= 3; i++) {
      assertTrue(ch.trySend(i));
    }
    first.join();
    second.join();
    third.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-13: sends that lose send nothing, and their queue entries forget the element")
  void losingSends(int capacity) throws Exception {
    List<Channel<Integer>> channels = make(4, capacity);
    channels.forEach(SelectTesting::fill);
    List<SendCase<Integer>> cases =
        channels.stream().map(channel -> channel.onSend((int) channel.id)).toList();
    Task task = go(() -> assertEquals(2, Select.select(cases.toArray(SelectCase[]::new))));
    for (Channel<Integer> channel : channels) {
      awaitSenders(channel, 1);
    }
    take(channels.get(2));
    task.join();
    for (int i = 0; i < 4; i++) {
      assertNull(cases.get(i).node.element());
      assertEquals(i == 2 && capacity == 0 ? 0 : capacity, channels.get(i).len());
      List<Integer> left = new ArrayList<>();
      channels.get(i).drainTo(left, 10);
      assertEquals(i == 2 && capacity > 0, left.contains((int) channels.get(i).id));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-14: a close wakes a receive case with the end, a send case with an exception")
  void close(int capacity) throws Exception {
    Channel<Integer> quiet = make(0);
    Channel<Integer> empty = make(capacity);
    Task receives =
        go(
            () -> {
              ReceiveCase<Integer> in = empty.onReceive();
              assertEquals(1, Select.select(quiet.onReceive(), in));
              assertFalse(in.ok());
              assertNull(in.value());
            });
    awaitReceivers(empty, 1);
    empty.close();
    receives.join();
    Channel<Integer> full = make(capacity);
    fill(full);
    Task sends =
        go(
            () ->
                assertThrows(
                    ChannelClosedException.class,
                    () -> Select.select(quiet.onReceive(), full.onSend(99))));
    awaitSenders(full, 1);
    full.close();
    sends.join();
    assertEquals(capacity, full.len());
    assertNobodyWaits(quiet);
  }

  @Test
  @DisplayName("SEL-14: a close wakes selects that have the channel in several cases, once each")
  void closeOfDuplicates() throws Exception {
    Channel<Integer> ch = make(0);
    Channel<Integer> other = make(0);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(
          go(
              () -> {
                ReceiveCase<Integer> a = ch.onReceive();
                ReceiveCase<Integer> b = ch.onReceive();
                int chosen = Select.select(other.onReceive(), a, b);
                assertFalse((chosen == 1 ? a : b).ok());
              }));
    }
    awaitReceivers(ch, 8);
    ch.close();
    tasks.forEach(Task::join);
    assertNobodyWaits(other);
  }

  @Test
  @DisplayName("SEL-16, CH-33: a select never matches itself")
  void notItself() throws Exception {
    Channel<Integer> ch = make(0);
    Task task =
        go(
            () -> {
              ReceiveCase<Integer> in = ch.onReceive();
              SendCase<Integer> out = ch.onSend(1);
              assertEquals(-1, Select.trySelect(in, out));
              assertEquals(0, Select.select(in, out));
              assertEquals(2, value(in));
            });
    awaitReceivers(ch, 1);
    awaitSenders(ch, 1);
    ch.checkInvariants();
    assertTrue(ch.trySend(2));
    task.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-17: one wake takes one of the entries; the other leaves between neighbours")
  void duplicateEntries(int capacity) throws Exception {
    Channel<Integer> ch = make(capacity);
    Task before = go(() -> assertEquals(1, ch.receive()));
    awaitReceivers(ch, 1);
    Task twice =
        go(
            () -> {
              ReceiveCase<Integer> a = ch.onReceive();
              ReceiveCase<Integer> b = ch.onReceive();
              assertEquals(2, value(Select.select(a, b) == 0 ? a : b));
            });
    awaitReceivers(ch, 3);
    Task after = go(() -> assertEquals(3, ch.receive()));
    awaitReceivers(ch, 4);
    assertTrue(ch.trySend(1));
    assertTrue(ch.trySend(2));
    twice.join();
    awaitReceivers(ch, 1);
    ch.checkInvariants();
    assertTrue(ch.trySend(3));
    before.join();
    after.join();
  }
}
