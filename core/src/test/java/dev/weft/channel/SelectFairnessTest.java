package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is drawn how often. The bounds are ten standard deviations: chance does not exceed them.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("The drawing of select")
class SelectFairnessTest extends SelectTesting {

  private static final int ROUNDS = 10_000;

  SelectFairnessTest(Kind kind) {
    super(kind);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("SEL-21: of two cases that are always ready each is taken half of the time")
  void two(SelectForm form) {
    if (form.isOrdered()) {
      return;
    }
    run(
        () -> {
          ReceiveCase<Integer> quiet = this.<Integer>make(0).onReceive();
          ReceiveCase<Integer> silent = this.<Integer>make(1).onReceive();
          int[] counts = draw(form, quiet, ready(), silent, ready());
          assertShare(counts[1], ROUNDS, 0.5, "the first ready case");
          assertEquals(ROUNDS, counts[1] + counts[3]);
        });
  }

  /// A case that is always ready: its channel is closed.
  private ReceiveCase<Integer> ready() {
    Channel<Integer> closed = make(0);
    closed.close();
    return closed.onReceive();
  }

  private static int[] draw(SelectForm form, SelectCase... cases) throws InterruptedException {
    int[] counts = new int[cases.length];
    for (int i = 0; i < ROUNDS; i++) {
      counts[form.of(cases)]++;
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 6, 9})
  @DisplayName("SEL-2: of n cases that are ready each is taken with the same chance")
  void many(int n) {
    run(
        () -> {
          SelectCase[] cases = new SelectCase[n];
          for (int i = 0; i < n; i++) {
            cases[i] = ready();
          }
          for (SelectForm form : List.of(SelectForm.SELECT, SelectForm.TRY, SelectForm.SET)) {
            int[] counts = draw(form, cases);
            for (int i = 0; i < n; i++) {
              assertShare(counts[i], ROUNDS, 1.0 / n, form + " case " + i);
            }
          }
        });
  }

  @Test
  @DisplayName("SEL-2: what was drawn says nothing about what is drawn next")
  void pairs() {
    run(
        () -> {
          SelectCase[] cases = {ready(), ready(), ready()};
          int[] counts = new int[9];
          int last = SelectForm.SELECT.of(cases);
          for (int i = 0; i < ROUNDS; i++) {
            int next = SelectForm.SELECT.of(cases);
            counts[3 * last + next]++;
            last = next;
          }
          for (int i = 0; i < 9; i++) {
            assertShare(counts[i], ROUNDS, 1.0 / 9, i / 3 + " and then " + i % 3);
          }
        });
  }

  @Test
  @DisplayName("SEL-2: the draw takes no notice of the direction")
  void directions() {
    run(
        () -> {
          Channel<Integer> from = make(1);
          Channel<Integer> to = make(1);
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = to.onSend(1);
          int received = 0;
          for (int i = 0; i < ROUNDS; i++) {
            from.trySend(1);
            to.tryReceive();
            received += Select.select(out, in);
          }
          from.tryReceive();
          assertShare(received, ROUNDS, 0.5, "receives");
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  @DisplayName("SEL-15: a ready channel that is listed k of n times is taken k/n of the time")
  void duplicatesReady(int k) {
    run(
        () -> {
          int n = 6;
          Channel<Integer> twice = make(0);
          twice.close();
          SelectCase[] cases = new SelectCase[n];
          for (int i = 0; i < n; i++) {
            cases[i] = i < k ? twice.onReceive() : ready();
          }
          int[] counts = draw(SelectForm.SELECT, cases);
          int ofIt = 0;
          for (int i = 0; i < n; i++) {
            ofIt += i < k ? counts[i] : 0;
            assertShare(counts[i], ROUNDS, 1.0 / n, "case " + i);
          }
          assertShare(ofIt, ROUNDS, (double) k / n, "the channel");
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @DisplayName("SEL-15: of waiting cases of one channel each is taken with the same chance")
  void duplicatesWaiting(int capacity) {
    int n = 3;
    int rounds = 3000;
    Channel<Integer> ch = make(capacity);
    Task peer =
        go(
            () -> {
              for (int i = 0; i < rounds; i++) {
                while (ch.receivers.size() < n) { // all of them stand in the queue
                  Thread.yield();
                }
                ch.send(i);
              }
            });
    run(
        () -> {
          List<ReceiveCase<Integer>> cases = new ArrayList<>();
          for (int i = 0; i < n; i++) {
            cases.add(ch.onReceive());
          }
          int[] counts = new int[n];
          for (int i = 0; i < rounds; i++) {
            int chosen = Select.select(cases.get(0), cases.get(1), cases.get(2));
            assertEquals(i, value(cases.get(chosen)));
            counts[chosen]++;
          }
          for (int i = 0; i < n; i++) {
            assertShare(counts[i], rounds, 1.0 / n, "case " + i);
          }
        });
    peer.join();
  }

  @Test
  @DisplayName("SEL-15: the same with waiting sends, beside a receive of the channel")
  void duplicateSendsWaiting() {
    int rounds = 3000;
    Channel<Integer> ch = make(0);
    int[] counts = new int[2];
    Task peer =
        go(
            () -> {
              for (int i = 0; i < rounds; i++) {
                while (ch.senders.size() < 2) {
                  Thread.yield();
                }
                counts[take(ch)]++;
              }
            });
    run(
        () -> {
          SendCase<Integer> zero = ch.onSend(0);
          SendCase<Integer> one = ch.onSend(1);
          ReceiveCase<Integer> in = ch.onReceive();
          int[] chosen = new int[3];
          for (int i = 0; i < rounds; i++) {
            chosen[Select.select(zero, in, one)]++;
          }
          assertEquals(0, chosen[1]);
          assertShare(chosen[0], rounds, 0.5, "the first send");
          peer.join();
          assertEquals(chosen[0], counts[0]);
        });
  }
}
