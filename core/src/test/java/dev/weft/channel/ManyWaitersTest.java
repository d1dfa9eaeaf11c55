package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Kind;
import dev.weft.testkit.Task;
import dev.weft.testkit.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Leaving a queue takes constant time: with a search from one end these tests would run for
/// minutes and more.
@Tag("slow")
@Timeout(300)
class ManyWaitersTest {
  private static final int WAITERS = 100_000;

  private final Threads threads = new Threads(Kind.ofThisRun().getFirst());
  private final Channel<Integer> channel = Channel.make();
  private final AtomicInteger gone = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();

  private void awaitCount(AtomicInteger counter, int n) throws InterruptedException {
    Await.until(() -> counter.get() == n, () -> n + " of " + counter + ": " + channel);
  }

  @Test
  @DisplayName("100,000 wait, every other one is interrupted, from the middle outwards")
  void interrupted() throws Exception {
    List<Task<Boolean>> tasks = new ArrayList<>(WAITERS);
    for (int i = 0; i < WAITERS; i++) {
      tasks.add(threads.start(this::receive));
    }
    Await.until(() -> channel.receivers.size() == WAITERS, () -> "all wait: " + channel);
    for (int i = 0; i < WAITERS / 2; i += 2) {
      tasks.get(WAITERS / 2 + i).interrupt();
      tasks.get(WAITERS / 2 - 2 - i).interrupt();
    }
    awaitCount(gone, WAITERS / 2);
    finish();
  }

  @Test
  @DisplayName("100,000 wait, every other one for a limited time")
  void timedOut() throws Exception {
    for (int i = 0; i < WAITERS; i += 2) {
      threads.start(this::receive);
      threads.start(this::receiveTimed);
    }
    awaitCount(gone, WAITERS / 2);
    Await.until(() -> channel.receivers.size() == WAITERS / 2, () -> "half wait: " + channel);
    finish();
  }

  private void receive() {
    try {
      channel.receive();
      served.incrementAndGet();
    } catch (InterruptedException e) {
      gone.incrementAndGet();
    }
  }

  private void receiveTimed() throws InterruptedException {
    assertTrue(channel.receive(Duration.ofMillis(500)).isEmpty());
    gone.incrementAndGet();
  }

  private void finish() throws InterruptedException {
    channel.checkInvariants();
    assertEquals(WAITERS / 2, channel.receivers.size());
    for (int i = 0; i < WAITERS / 4; i++) {
      assertTrue(channel.trySend(i));
    }
    channel.close();
    awaitCount(served, WAITERS / 2);
    threads.join();
    ChannelContract.assertSettled(channel);
    threads.close();
  }
}
