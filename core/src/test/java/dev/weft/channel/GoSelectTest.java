package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Go's scenarios of select: select, select2, select6, doubleselect, and those of chan_test.go.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("Go's select scenarios")
class GoSelectTest extends SelectTesting {

  GoSelectTest(Kind kind) {
    super(kind);
  }

  /// Counts how often its value was asked for.
  private static final class Counter {
    int count;

    int next() {
      return ++count;
    }
  }

  @Test
  @DisplayName("select: operands are evaluated, chosen or not; a sent case is disabled (SEL-1)")
  void operands() {
    Counter counter = new Counter();
    assertEquals(2, sendRound(counter, make(1), make(1)));
    assertEquals(1, sendRound(counter, make(1), Channel.nil()));
    assertEquals(1, sendRound(counter, Channel.nil(), make(1)));
    assertEquals(0, sendRound(counter, Channel.nil(), Channel.nil()));
    assertEquals(2 * 3 + 2 * 2 * 2 + 2, counter.count);
  }

  private int sendRound(Counter counter, Channel<Integer> a, Channel<Integer> b) {
    int[] sent = {0};
    run(
        () -> {
          SendCase<Integer> toA = a.onSend();
          SendCase<Integer> toB = b.onSend();
          for (; ; ) {
            int chosen = Select.trySelect(toA.value(counter.next()), toB.value(counter.next()));
            if (chosen < 0) {
              break;
            }
            (chosen == 0 ? toA : toB).enabled(false);
            sent[0]++;
          }
        });
    return sent[0];
  }

  @Test
  @DisplayName("select2: selects with a case that is never ready leave no entries (SEL-12)")
  void noGrowth() {
    int rounds = Scale.times(20_000);
    Channel<Integer> ch = make(0);
    Channel<Integer> dummy = make(0);
    Task sender =
        go(
            () -> {
              SendCase<Integer> out = ch.onSend(1);
              ReceiveCase<Integer> never = dummy.onReceive();
              for (int i = 0; i < rounds; i++) {
                assertEquals(0, Select.select(out, never));
              }
            });
    run(
        () -> {
          ReceiveCase<Integer> in = ch.onReceive();
          ReceiveCase<Integer> never = dummy.onReceive();
          for (int i = 0; i < rounds; i++) {
            assertEquals(1, Select.select(never, in));
          }
        });
    sender.join();
  }

  @Test
  @DisplayName("select6: behind a select that lost, others are still woken (SEL-12, SEL-17)")
  void lastInQueue() throws Exception {
    Channel<Boolean> c1 = make(0);
    Channel<Boolean> c2 = make(0);
    Channel<Boolean> c3 = make(0);
    Channel<Boolean> c4 = make(0);
    go(() -> take(c1));
    awaitReceivers(c1, 1);
    go(
        () -> {
          assertEquals(1, Select.select(c1.onReceive(), c2.onReceive()));
          c3.send(true);
        });
    awaitReceivers(c1, 2);
    go(() -> c2.send(true));
    go(
        () -> {
          take(c3); // now the select is over
          go(
              () -> {
                take(c1);
                c4.send(true);
              });
          c1.send(true);
          c1.send(true);
        });
    run(() -> take(c4));
    joinAll();
  }

  @Test
  @DisplayName("doubleselect: over four channels each number arrives exactly once (SEL-11)")
  void doubleSelect() {
    int n = Scale.times(4_000);
    List<Channel<Integer>> channels = make(4, 0);
    go(
        () -> {
          List<SendCase<Integer>> cases = channels.stream().map(Channel::onSend).toList();
          for (int i = 0; i < n; i++) {
            for (SendCase<Integer> one : cases) {
              one.value(i);
            }
            Select.select(cases.get(0), cases.get(1), cases.get(2), cases.get(3));
          }
          channels.forEach(Channel::close);
        });
    Channel<Integer> merged = make(0);
    List<Task> mergers = new ArrayList<>();
    for (Channel<Integer> channel : channels) {
      mergers.add(
          go(
              () -> {
                for (int i : channel) {
                  merged.send(i);
                }
              }));
    }
    go(
        () -> {
          mergers.forEach(Task::join);
          merged.close();
        });
    run(
        () -> {
          BitSet seen = new BitSet();
          for (int i : merged) {
            assertTrue(!seen.get(i), "twice: " + i);
            seen.set(i);
          }
          assertEquals(n, seen.cardinality());
        });
    joinAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  @DisplayName("TestSelfSelect: both ways on one channel, never its own value without a buffer")
  void selfSelect(int capacity) {
    int rounds = Scale.times(1_000);
    Channel<Integer> ch = make(capacity);
    for (int p = 0; p < 2; p++) {
      int me = p;
      go(
          () -> {
            SendCase<Integer> out = ch.onSend(me);
            ReceiveCase<Integer> in = ch.onReceive();
            for (int i = 0; i < rounds; i++) {
              boolean odd = i % 2 == 0;
              int chosen = odd ? Select.select(out, in) : Select.select(in, out);
              if (chosen == (odd ? 1 : 0) && capacity == 0) {
                assertNotEquals(me, value(in));
              }
            }
          });
    }
    joinAll();
    ch.drainTo(new ArrayList<>(), 10);
  }

  @Test
  @DisplayName("TestSelectStress: senders, receivers, a selecting sender and a selecting receiver")
  void stress() {
    int n = Scale.times(2_000);
    List<Channel<Integer>> c = List.of(make(0), make(0), make(2), make(3));
    for (Channel<Integer> channel : c) {
      go(
          () -> {
            for (int i = 0; i < n; i++) {
              channel.send(0);
            }
          });
      go(
          () -> {
            for (int i = 0; i < n; i++) {
              take(channel);
            }
          });
    }
    go(() -> eachTimes(n, c.stream().map(channel -> channel.onSend(1)).toList()));
    go(() -> eachTimes(n, c.stream().map(Channel::onReceive).toList()));
    joinAll();
    c.forEach(channel -> assertEquals(0, channel.len()));
  }

  /// Each of the four cases so many times, and then no more.
  private static void eachTimes(int n, List<? extends SelectCase> cases)
      throws InterruptedException {
    int[] counts = new int[4];
    for (int i = 0; i < 4 * n; i++) {
      int chosen = Select.select(cases.get(3), cases.get(2), cases.get(0), cases.get(1));
      SelectCase its = cases.get(new int[] {3, 2, 0, 1}[chosen]);
      if (++counts[chosen] == n) {
        its.enabled(false);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("TestPseudoRandomSend: of two sends on one channel each is taken often (SEL-15)")
  void pseudoRandomSend(int capacity) {
    int n = 1_000;
    Channel<Integer> ch = make(capacity);
    int[] counts = new int[2];
    Task receiver =
        go(
            () -> {
              for (int i = 0; i < n; i++) {
                counts[take(ch)]++;
              }
            });
    run(
        () -> {
          SendCase<Integer> zero = ch.onSend(0);
          SendCase<Integer> one = ch.onSend(1);
          for (int i = 0; i < n; i++) {
            Select.select(zero, one);
          }
        });
    receiver.join();
    assertTrue(counts[0] >= n / 10 && counts[1] >= n / 10, counts[0] + " zeros");
  }

  @Test
  @DisplayName("TestMultiConsumer: workers share what comes, and the sum is right")
  void multiConsumer() {
    int workers = 23;
    int n = Scale.times(5_000);
    int[] primes = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
    Channel<Integer> work = make(workers * 4);
    Channel<Integer> results = make(workers * 4);
    List<Task> all = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      int mine = w;
      all.add(
          go(
              () -> {
                for (int i : work) {
                  if (mine == i % workers) {
                    Thread.yield();
                  }
                  results.send(i);
                }
              }));
    }
    long[] expected = {0};
    go(
        () -> {
          for (int i = 0; i < n; i++) {
            int next = primes[i % primes.length];
            expected[0] += next;
            work.send(next);
          }
          work.close();
          all.forEach(Task::join);
          results.close();
        });
    run(
        () -> {
          long sum = 0;
          int count = 0;
          for (int i : results) {
            sum += i;
            count++;
          }
          assertEquals(n, count);
          assertEquals(expected[0], sum);
        });
    joinAll();
  }

  @Test
  @DisplayName(
      "TestSelectDuplicateChannel: one channel twice in a queue that others share (SEL-17)")
  void duplicateChannel() throws Exception {
    Channel<Integer> c = make(0);
    Channel<Integer> d = make(0);
    Channel<Integer> e = make(0);
    go(
        () -> {
          assertEquals(2, Select.select(c.onReceive(), c.onReceive(), d.onReceive()));
          e.send(9);
        });
    awaitReceivers(c, 2);
    go(() -> take(c));
    awaitReceivers(c, 3);
    run(
        () -> {
          d.send(7);
          take(e);
          c.send(8);
        });
    joinAll();
  }
}
