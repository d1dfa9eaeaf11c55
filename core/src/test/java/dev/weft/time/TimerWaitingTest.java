package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.Received;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Threads that are blocked on the channel of a timer.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class TimerWaitingTest extends TimerContract {
  private final Timer timer = Timer.make(clock, seconds(10));
  private final ReceiveChannel<Instant> channel = timer.channel();

  private Task<Instant> blocked(int place) throws InterruptedException {
    Task<Instant> task = threads.call(() -> receive(channel));
    awaitReceivers(place, channel);
    return task;
  }

  @Test
  @DisplayName("TMR-2: who is blocked gets the value when it is due")
  void delivered() throws Exception {
    Task<Instant> receiver = blocked(1);
    awaitPending(1);
    clock.advance(seconds(9));
    assertFalse(receiver.isDone());
    clock.advance(seconds(1));
    assertEquals(at(10), receiver.get());
    assertFalse(timer.stop());
  }

  @Test
  @DisplayName("TMR-10: a timer is watched only while somebody is blocked")
  void watched() throws Exception {
    assertEquals(0, clock.pending());
    Task<Instant> receiver = blocked(1);
    awaitPending(1);
    receiver.interrupt();
    receiver.fails(InterruptedException.class);
    assertEquals(0, clock.pending());
    assertTrue(timer.stop());
  }

  @Test
  @DisplayName("TMR-8: who is blocked when it is stopped stays so, until a reset")
  void stopped() throws Exception {
    Task<Instant> receiver = blocked(1);
    assertTrue(timer.stop());
    Await.until(() -> clock.pending() == 0, "nobody watches a stopped timer");
    clock.advance(FAR);
    assertFalse(receiver.isDone());
    assertFalse(timer.reset(seconds(1)));
    awaitPending(1);
    clock.advance(seconds(1));
    assertEquals(at(FAR.toSeconds() + 1), receiver.get());
  }

  @Test
  @DisplayName("TMR-20: a reset to an earlier time wakes who watches for the later one")
  void earlier() throws Exception {
    Task<Instant> receiver = blocked(1);
    awaitPending(1);
    timer.reset(seconds(2));
    Await.until(
        () -> {
          clock.advance(Duration.ofMillis(1)); // by then it may not have looked again
          return receiver.isDone();
        },
        "the earlier time counts");
    assertEquals(at(2), receiver.get());
    assertTrue(clock.instant().isBefore(at(10)));
  }

  @Test
  @DisplayName("TMR-20: a reset to now is received at once")
  void now() throws Exception {
    Task<Instant> receiver = blocked(1);
    timer.reset(Duration.ZERO);
    assertEquals(START, receiver.get());
  }

  @Test
  @DisplayName("TMR-6: a reset to a later time holds for who is blocked")
  void later() throws Exception {
    Task<Instant> receiver = blocked(1);
    awaitPending(1);
    timer.reset(seconds(20));
    clock.advance(seconds(19));
    assertFalse(receiver.isDone());
    Await.until(() -> clock.pending() == 1, "it watches for the later time");
    clock.advance(seconds(1));
    assertEquals(at(20), receiver.get());
  }

  @Test
  @DisplayName("CH-9: of several the first who came gets the value")
  void inOrder() throws Exception {
    List<Task<Instant>> tasks = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      tasks.add(blocked(i));
    }
    for (int i = 0; i < 4; i++) {
      timer.reset(seconds(1));
      awaitPending(1);
      clock.advance(seconds(1));
      assertEquals(at(i + 1), tasks.get(i).get());
      for (int later = i + 1; later < 4; later++) {
        assertFalse(tasks.get(later).isDone());
      }
    }
    assertNobodyWaits(channel);
  }

  @Test
  @DisplayName("TMR-10: when the one who watches leaves, another one does so")
  void successor() throws Exception {
    List<Task<Instant>> tasks = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      tasks.add(blocked(i));
    }
    for (int i = 0; i < 2; i++) {
      awaitPending(1);
      tasks.get(i).interrupt();
      tasks.get(i).fails(InterruptedException.class);
    }
    awaitPending(1);
    clock.advance(seconds(10));
    assertEquals(at(10), tasks.get(2).get());
  }

  @Test
  @DisplayName("TMR-10: when one leaves who does not watch, the other one goes on")
  void leavesFromTheMiddle() throws Exception {
    Task<Instant> first = blocked(1);
    Task<Instant> second = blocked(2);
    second.interrupt();
    second.fails(InterruptedException.class);
    awaitPending(1);
    clock.advance(seconds(10));
    assertEquals(at(10), first.get());
  }

  @Test
  @DisplayName("TMR-5: a receive whose own time passes first has taken nothing")
  void timesOut() throws Exception {
    Task<Received<Instant>> receiver = threads.call(() -> channel.receive(Duration.ofMillis(1)));
    assertTrue(receiver.get().isEmpty());
    assertNobodyWaits(channel);
    clock.advance(seconds(10));
    assertTick(10, channel);
  }

  @Test
  @DisplayName("An interrupt that comes with the value loses against it, and stays set")
  void valueAndInterrupt() throws Exception {
    Task<Instant> receiver =
        threads.call(
            () -> {
              Instant value = receive(channel);
              Thread.currentThread().interrupt();
              return value;
            });
    awaitPending(1);
    clock.advance(seconds(10));
    assertEquals(at(10), receiver.get());
    assertTrue(receiver.endedWithFlag());
    threads
        .start(
            () -> {
              Thread.currentThread().interrupt();
              receive(channel);
            })
        .fails(InterruptedException.class);
  }
}
