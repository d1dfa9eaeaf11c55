package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The forms that wait for a limited time.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#all")
class TimeoutTest extends ChannelContract {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final List<Duration> NO_TIME =
      List.of(
          Duration.ZERO,
          Duration.ofNanos(-1),
          Duration.ofSeconds(-10),
          Duration.ofSeconds(Long.MIN_VALUE));
  private static final List<Duration> FOR_EVER =
      List.of(
          Duration.ofDays(1),
          Duration.ofNanos(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));

  @Test
  @DisplayName("A receive whose time passes is empty, and has left its queue")
  void receiveTimesOut() throws Exception {
    Task<Received<Integer>> task = threads.call(() -> channel.receive(SHORT));
    assertTrue(task.get().isEmpty());
    assertSettled(channel);
    assertFalse(channel.trySend(0) && capacity == 0);
  }

  @Test
  @DisplayName("A send whose time passes has not sent, and has left its queue")
  void sendTimesOut() throws Exception {
    fill();
    Task<Boolean> task = threads.call(() -> channel.send(-1, SHORT));
    assertFalse(task.get());
    assertSettled(channel);
    assertEquals(upTo(capacity), takeAll());
  }

  @Test
  @DisplayName("Never before its time")
  void notEarly() throws Exception {
    fill();
    Task<Boolean> task =
        threads.start(
            () -> {
              long start = System.nanoTime();
              assertFalse(channel.send(-1, SHORT));
              assertTrue(System.nanoTime() - start >= SHORT.toNanos());
              takeAll();
              start = System.nanoTime();
              assertTrue(channel.receive(SHORT).isEmpty());
              assertTrue(System.nanoTime() - start >= SHORT.toNanos());
            });
    task.get();
  }

  @Test
  @DisplayName("Zero and less try once: with a partner or room it is done, else not")
  void noTime() throws Exception {
    for (Duration none : NO_TIME) {
      assertTrue(channel.receive(none).isEmpty());
      Task<Received<Integer>> receiver = blockedReceiver();
      assertTrue(channel.send(1, none));
      assertEquals(Received.of(1), receiver.get());
      for (int i = 0; i < capacity; i++) {
        assertTrue(channel.send(i, none));
      }
      assertFalse(channel.send(-1, none));
      Task<Boolean> sender = blockedSender(capacity);
      for (int i = 0; i <= capacity; i++) {
        assertEquals(Received.of(i), channel.receive(none));
      }
      assertTrue(sender.get());
    }
  }

  @Test
  @DisplayName("A time that is long or does not fit waits until there is a partner")
  void forEver() throws Exception {
    for (Duration duration : FOR_EVER) {
      Task<Received<Integer>> receiver = threads.call(() -> channel.receive(duration));
      awaitReceivers(1);
      assertTrue(channel.send(1, duration));
      assertEquals(Received.of(1), receiver.get());
      fill();
      Task<Boolean> sender = threads.call(() -> channel.send(capacity, duration));
      awaitSenders(1);
      assertEquals(upTo(capacity + 1), takeAll());
      assertTrue(sender.get());
    }
  }

  @Test
  @DisplayName("A timed receive at the end says closed, not empty")
  void closedIsNotEmpty() throws Exception {
    Task<Received<Integer>> receiver = threads.call(() -> channel.receive(Duration.ofHours(1)));
    awaitReceivers(1);
    channel.close();
    assertTrue(receiver.get().isClosed());
    assertTrue(channel.receive(SHORT).isClosed());
  }

  @Test
  @DisplayName("One who times out in the middle changes nothing about the order of the others")
  void fromTheMiddle() throws Exception {
    fill();
    List<Task<Boolean>> before = blockedSenders(capacity, 2);
    Task<Boolean> between = threads.call(() -> channel.send(-1, SHORT));
    assertFalse(between.get());
    List<Task<Boolean>> after = blockedSenders(capacity + 2, 2);
    assertEquals(upTo(capacity + 4), takeAll());
    for (List<Task<Boolean>> senders : List.of(before, after)) {
      for (Task<Boolean> sender : senders) {
        assertTrue(sender.get());
      }
    }
  }

  @Test
  @DisplayName("A wait that ended before its time leaves no timer behind, and no time-out")
  void alarmsAreTakenBack() throws Exception {
    Duration hour = Duration.ofHours(1);
    Task<Boolean> task =
        threads.start(
            () -> {
              for (int i = 0; i < 3; i++) {
                assertTrue(channel.receive(hour).ok());
              }
              channel.receive();
            });
    for (int i = 0; i < 3; i++) {
      awaitReceivers(1);
      channel.send(i);
    }
    awaitReceivers(1);
    Scheduler scheduler = threads.scheduler();
    if (scheduler != null) {
      Await.until(() -> scheduler.stats().timers() == 0, () -> "no timer: " + scheduler.stats());
    }
    channel.send(3);
    task.get();
  }

  @Test
  @DisplayName("Delivery against timeout: an element is received or still with its sender")
  void deliveryAgainstTimeout() throws Exception {
    int n = Scale.times(200);
    Task<Integer> sender =
        threads.call(
            () -> {
              int sent = 0;
              for (int i = 0; i < n; i++) {
                if (channel.send(sent, Duration.ofNanos(1 + i * 50L))) {
                  sent++;
                }
              }
              channel.close();
              return sent;
            });
    Task<Integer> receiver =
        threads.call(
            () -> {
              int received = 0;
              for (int i = 0; ; i = (i + 1) % 1_000) {
                Received<Integer> next = channel.receive(Duration.ofNanos(1 + i * 37L));
                if (next.isClosed()) {
                  return received;
                }
                if (next.ok()) {
                  assertEquals(Received.of(received), next);
                  received++;
                }
              }
            });
    assertEquals(sender.get(), receiver.get());
  }
}
