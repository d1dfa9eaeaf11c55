package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Interrupt and timeout of a select, also at the moment at which a peer comes.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("Interrupt and timeout of select")
class SelectInterruptTest extends SelectTesting {

  private static final int ROUNDS = Scale.times(400);

  SelectInterruptTest(Kind kind) {
    super(kind);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("With the interrupt flag set a select that can wait throws, even if a case is ready")
  void onEntry(SelectForm form) {
    run(
        () -> {
          Channel<Integer> ch = make(1);
          ch.send(1);
          ReceiveCase<Integer> in = ch.onReceive();
          Thread.currentThread().interrupt();
          if (form.isInterruptible()) {
            assertThrows(InterruptedException.class, () -> form.of(in));
            assertFalse(Thread.currentThread().isInterrupted());
            assertEquals(1, ch.len());
          } else {
            assertEquals(0, form.of(in));
            assertTrue(Thread.interrupted());
            ch.send(1);
          }
          assertEquals(0, form.of(in));
          assertEquals(1, value(in));
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("An interrupt ends the wait: flag cleared, no queue left, cases usable")
  void whileWaiting(SelectForm form) throws Exception {
    if (!form.waits()) {
      return;
    }
    Channel<Integer> a = make(0);
    Channel<Integer> b = make(0);
    CountDownLatch looked = new CountDownLatch(1);
    Task task =
        go(
            () -> {
              ReceiveCase<Integer> in = a.onReceive();
              SendCase<Integer> out = b.onSend(1);
              assertThrows(InterruptedException.class, () -> form.of(in, out));
              assertFalse(Thread.currentThread().isInterrupted());
              assertNobodyWaits(a);
              assertNobodyWaits(b);
              looked.countDown();
              assertEquals(1, form.of(in, out));
            });
    awaitReceivers(a, 1);
    awaitSenders(b, 1);
    task.interrupt();
    Await.zero(looked, "the select is interrupted and over");
    run(() -> assertEquals(1, b.receive()));
    task.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-11: an element is received or the select is interrupted, never both or neither")
  void interruptAgainstSend(int capacity) {
    Channel<Integer> a = make(capacity);
    Channel<Integer> b = make(0);
    Phaser phaser = new Phaser(2);
    int[] received = {0};
    Task selects =
        go(
            () -> {
              ReceiveCase<Integer> in = a.onReceive();
              ReceiveCase<Integer> again = a.onReceive();
              ReceiveCase<Integer> other = b.onReceive();
              for (int i = 0; i < ROUNDS; i++) {
                received[0] = -1;
                phaser.arriveAndAwaitAdvance();
                try {
                  int chosen = Select.select(other, in, again);
                  received[0] = value(chosen == 1 ? in : again);
                } catch (InterruptedException e) {
                  received[0] = -2;
                }
                phaser.arriveAndAwaitAdvance(); // the interrupt has been sent
                boolean flag = Thread.interrupted();
                assertEquals(received[0] != -2, flag);
                phaser.arriveAndAwaitAdvance();
              }
            });
    SplittableRandom random = new SplittableRandom(1);
    run(
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            int pause = random.nextInt(100);
            phaser.arriveAndAwaitAdvance();
            spin(pause);
            boolean sent;
            if (random.nextBoolean()) {
              sent = a.trySend(i);
              selects.interrupt();
            } else {
              selects.interrupt();
              sent = a.trySend(i);
            }
            phaser.arriveAndAwaitAdvance();
            if (received[0] == -2) {
              assertEquals(sent, a.tryReceive().ok(), "it was sent to the buffer or not at all");
            } else {
              assertEquals(i, received[0]);
              assertTrue(sent);
            }
            assertEquals(0, a.len());
            assertNobodyWaits(a);
            assertNobodyWaits(b);
            phaser.arriveAndAwaitAdvance();
          }
        });
    selects.join();
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @DisplayName("SEL-11: an element is sent or the time has passed, never both or neither")
  void timeOutAgainstReceive(int capacity) {
    Channel<Integer> a = make(capacity);
    Channel<Integer> b = make(0);
    Phaser phaser = new Phaser(2);
    int[] chosen = {0};
    Task selects =
        go(
            () -> {
              SplittableRandom random = new SplittableRandom(2);
              SendCase<Integer> out = a.onSend();
              ReceiveCase<Integer> other = b.onReceive();
              for (int i = 0; i < ROUNDS; i++) {
                fill(a);
                phaser.arriveAndAwaitAdvance();
                Duration timeout = Duration.ofNanos(1 + random.nextInt(50_000));
                chosen[0] = Select.selectWithin(timeout, other, out.value(-1));
                phaser.arriveAndAwaitAdvance();
                phaser.arriveAndAwaitAdvance();
              }
            });
    run(
        () -> {
          SplittableRandom random = new SplittableRandom(3);
          for (int i = 0; i < ROUNDS; i++) {
            int pause = random.nextInt(200);
            phaser.arriveAndAwaitAdvance();
            spin(pause);
            int got = 0;
            int sent = 0;
            for (int k = 0; k <= capacity; k++) {
              Received<Integer> one = a.tryReceive();
              got += one.ok() ? 1 : 0;
              sent += Integer.valueOf(-1).equals(one.value()) ? 1 : 0;
            }
            phaser.arriveAndAwaitAdvance();
            for (Received<Integer> one = a.tryReceive(); one.ok(); one = a.tryReceive()) {
              got++;
              sent += Integer.valueOf(-1).equals(one.value()) ? 1 : 0;
            }
            assertEquals(chosen[0] == 1 ? 1 : 0, sent);
            assertEquals(capacity + sent, got);
            assertNobodyWaits(a);
            assertNobodyWaits(b);
            phaser.arriveAndAwaitAdvance();
          }
        });
    selects.join();
  }

  @Test
  @DisplayName("An interrupt against a close: the select throws or sees the end, not both")
  void interruptAgainstClose() {
    Phaser phaser = new Phaser(2);
    for (int i = 0; i < Scale.times(50); i++) {
      Channel<Integer> ch = make(0);
      Channel<Integer> other = make(0);
      Task selects =
          go(
              () -> {
                ReceiveCase<Integer> in = ch.onReceive();
                boolean interrupted = false;
                phaser.arriveAndAwaitAdvance();
                try {
                  assertEquals(1, Select.select(other.onReceive(), in));
                  assertFalse(in.ok());
                } catch (InterruptedException e) {
                  interrupted = true;
                }
                phaser.arriveAndAwaitAdvance();
                assertEquals(!interrupted, Thread.interrupted());
              });
      int pause = i;
      run(
          () -> {
            phaser.arriveAndAwaitAdvance();
            spin(pause);
            ch.close();
            selects.interrupt();
            phaser.arriveAndAwaitAdvance();
          });
      selects.join();
    }
  }
}
